// The task pane: what the ratings are at a glance, and the buttons of the ribbon.
// Texts of the workbook are only ever set as text, never as markup.

const SLICE_BYTES = 4 * 1024 * 1024;
const LETTERS = { R: "Red", A: "Amber", G: "Green" };
const byId = (id) => document.getElementById(id);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// The open workbook

function openFile() {
  return new Promise((resolve, reject) => {
    Office.context.document.getFileAsync(
      Office.FileType.Compressed,
      { sliceSize: SLICE_BYTES },
      (result) => settle(result, resolve, reject),
    );
  });
}

function slice(file, index) {
  return new Promise((resolve, reject) => {
    file.getSliceAsync(index, (result) => settle(result, resolve, reject));
  });
}

function settle(result, resolve, reject) {
  if (result.status === "succeeded") resolve(result.value);
  else reject(new Error(`Excel could not give the workbook: ${result.error.message}`));
}

async function snapshot() {
  const file = await openFile();
  try {
    const parts = [];
    for (let index = 0; index < file.sliceCount; index += 1) {
      parts.push(new Uint8Array((await slice(file, index)).data));
    }
    return new Blob(parts, { type: "application/octet-stream" });
  } finally {
    file.closeAsync(() => {});
  }
}

function where() {
  return Excel.run(async (context) => {
    const cell = context.workbook.getActiveCell().load("rowIndex");
    const sheet = context.workbook.worksheets.getActiveWorksheet().load("name");
    context.workbook.load("name");
    await context.sync();
    return { name: context.workbook.name, sheet: sheet.name, row: cell.rowIndex + 1 };
  });
}

function goTo(sheetName, address) {
  return Excel.run(async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetName);
    sheet.activate();
    if (address) sheet.getRange(address).select();
    await context.sync();
  });
}

function setUpPages(pages) {
  return Excel.run(async (context) => {
    for (const page of pages) {
      const layout = context.workbook.worksheets.getItem(page.sheet).pageLayout;
      layout.orientation = page.orientation;
      layout.paperSize = Excel.PaperType.a4;
      layout.zoom = { horizontalFitToPages: 1 };
      if (page.titleRows) layout.setPrintTitleRows(page.titleRows);
    }
    await context.sync();
  });
}

// The server

async function ask(path, place) {
  const query = new URLSearchParams({ ...place, period: byId("period").value });
  const auth = await globalThis.getAuth();
  const headers = { "Content-Type": "application/octet-stream", Authorization: auth.token };
  if (auth.provider) headers["Auth-Provider"] = auth.provider;
  const body = await snapshot();
  const response = await fetch(`perf/${path}?${query}`, { method: "POST", headers, body });
  const data = await response.json().catch(() => ({}));
  if (response.status === 401) byId("sign-in").hidden = false;
  if (!response.ok) {
    throw new Error(data.detail || `The server answered with the error ${response.status}.`);
  }
  byId("sign-in").hidden = true;
  return data;
}

// What is shown

function tell(title, text) {
  byId("message-title").textContent = title;
  byId("message-text").textContent = text;
  byId("message").hidden = false;
}

function complain(error) {
  byId("error-text").textContent = error?.message || String(error);
  byId("error").hidden = false;
}

function isBusy(busy) {
  document.body.setAttribute("aria-busy", String(busy));
  for (const button of document.querySelectorAll("button")) button.disabled = busy;
}

function jump(sheet, cell, label) {
  const button = element("button", `Go to ${cell || sheet}`, "jump");
  button.type = "button";
  const place = cell ? `${cell} on ${sheet}` : sheet;
  button.setAttribute("aria-label", `Go to ${place}: ${label}`);
  button.addEventListener("click", () => goTo(sheet, cell).catch(complain));
  return button;
}

function exception(item) {
  const letter = item.rating || item.typed_rating;
  const line = element("li", "", "card");
  const heading = element("h3");
  const badge = element("span", letter || "–", `badge rating-${letter}`);
  badge.title = LETTERS[letter] || "Not rated";
  heading.append(badge, ` ${item.no ? `${item.no}: ` : ""}${item.indicator}`);
  line.append(heading, element("p", item.reason));
  if (item.breach) line.append(element("p", `${item.breach} its acceptable range.`));
  if (item.commentary) line.append(element("p", item.commentary, "commentary"));
  line.append(jump(item.sheet, item.cell, item.indicator));
  return line;
}

function finding(item) {
  const line = element("li", "", "card");
  const text = element("p");
  text.append(element("strong", `${item.severity}: `), item.message);
  line.append(text);
  if (item.sheet) line.append(jump(item.sheet, item.cell, item.message));
  return line;
}

function show(data) {
  byId("summary").textContent = data.summary;
  for (const count of document.querySelectorAll("[data-count]")) {
    count.textContent = data.counts[count.dataset.count];
  }
  const labels = new Set(data.exceptions);
  const shown = data.indicators.filter((item) => labels.has(item.no || item.indicator));
  byId("exceptions").replaceChildren(...shown.map(exception));
  byId("no-exceptions").hidden = shown.length > 0;
  byId("findings").replaceChildren(...data.findings.map(finding));
  byId("no-findings").hidden = data.findings.length > 0;
  const chooser = byId("period");
  const chosen = chooser.value;
  const options = data.periods.map((period) => new Option(period, period));
  chooser.replaceChildren(chooser.options[0], ...options);
  chooser.value = data.periods.includes(chosen) ? chosen : "";
}

function blank(reason) {
  byId("summary").textContent = reason;
  for (const count of document.querySelectorAll("[data-count]")) count.textContent = "–";
  for (const id of ["exceptions", "findings"]) byId(id).replaceChildren();
  for (const id of ["no-exceptions", "no-findings"]) byId(id).hidden = true;
}

// What happens

async function whileBusy(work) {
  isBusy(true);
  byId("error").hidden = true;
  byId("message").hidden = true;
  try {
    await work();
  } catch (error) {
    complain(error);
  } finally {
    isBusy(false);
  }
}

async function refresh() {
  try {
    show(await ask("overview", await where()));
  } catch (error) {
    blank("The ratings could not be read.");
    throw error;
  }
}

async function press(id) {
  const done = await ask(`press/${id}`, await where());
  if (done.actions.length) await xlwings.runActions({ actions: done.actions });
  if (done.pages.length) await setUpPages(done.pages);
  if (done.shows) await goTo(done.shows);
  if (done.actions.length) await refresh();
  tell(done.title, done.text);
}

async function pressed(id) {
  await whileBusy(() => press(id));
}

async function fromRibbon(id, event) {
  try {
    if (Office.addin?.showAsTaskpane) await Office.addin.showAsTaskpane();
    await pressed(id);
  } finally {
    event.completed();
  }
}

function signIn(event) {
  event.preventDefault();
  sessionStorage.setItem("perf-addin-key", byId("key").value);
  byId("key").value = "";
  whileBusy(refresh);
}

function connect() {
  for (const button of document.querySelectorAll("[data-button]")) {
    const id = button.dataset.button;
    button.addEventListener("click", () => pressed(id));
    Office.actions?.associate(`perf-${id}`, (event) => fromRibbon(id, event));
  }
  byId("refresh").addEventListener("click", () => whileBusy(refresh));
  byId("period").addEventListener("change", () => whileBusy(refresh));
  byId("sign-in").addEventListener("submit", signIn);
}

const { host } = await Office.onReady();
connect();
if (host === Office.HostType.Excel) await whileBusy(refresh);
else blank("Open this page in Excel, through the add-in.");
