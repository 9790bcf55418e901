// Stands for Excel around the task pane: gives the workbook's bytes, and notes what is done to it.
// Everything of the Excel API that is asked for exists, so that xlwings' own code runs as it is.
(() => {
  const done = [];
  window.excelDone = done;
  const setup = window.excelSetup;

  const bytes = Uint8Array.from(atob(setup.file), (letter) => letter.charCodeAt(0));
  const succeed = (value, callback) => callback({ status: "succeeded", value });

  function recorder(path, own = {}) {
    const handler = {
      get(_, name) {
        if (name === "then" || typeof name === "symbol") return undefined;
        if (name in own) return own[name];
        return recorder(`${path}.${name}`);
      },
      set(_, name, value) {
        done.push([`${path}.${String(name)}`, plain(value)]);
        return true;
      },
      apply(_, __, args) {
        if (path.endsWith(".load")) return recorder(path.slice(0, -5));
        done.push([`${path}()`, ...args.map(plain)]);
        return recorder(`${path}(${args.map(plain).join(",")})`);
      },
    };
    return new Proxy(function () {}, handler);
  }

  const plain = (value) => (typeof value === "function" ? "object" : value);

  function worksheets() {
    const items = setup.sheets.map((name) => recorder(`sheet[${name}]`, { name }));
    const active = recorder("active sheet", { name: setup.activeSheet });
    active.load;
    const found = {
      items,
      load: () => all,
      getActiveWorksheet: () => loaded(active, { name: setup.activeSheet }),
      getItem: (name) => recorder(`sheet[${name}]`, { name }),
      add: (name) => {
        setup.sheets.push(name);
        done.push(["worksheets.add()", name]);
        return recorder(`sheet[${name}]`, { name });
      },
    };
    const all = recorder("worksheets", found);
    return all;
  }

  function loaded(target, values) {
    const found = recorder("loaded", { ...values, load: () => found });
    return found;
  }

  function context() {
    const workbook = recorder("workbook", {
      name: setup.name,
      load: () => workbook,
      get worksheets() {
        return worksheets();
      },
      getActiveCell: () => loaded(null, { rowIndex: setup.activeRow - 1 }),
    });
    return recorder("context", { workbook, sync: async () => {} });
  }

  window.Excel = new Proxy(
    { run: async (...args) => args[args.length - 1](context()) },
    { get: (target, name) => target[name] ?? recorder(`Excel.${String(name)}`) },
  );
  window.Office = {
    HostType: { Excel: "Excel" },
    FileType: { Compressed: "compressed" },
    onReady: async (callback) => {
      const info = { host: setup.host, platform: "OfficeOnline" };
      if (callback) callback(info);
      return info;
    },
    actions: { associate: (name, work) => (window.ribbonActions[name] = work) },
    addin: { showAsTaskpane: async () => done.push(["showAsTaskpane"]) },
    context: {
      requirements: { isSetSupported: () => true },
      document: {
        getFileAsync(_, options, callback) {
          const size = Math.min(options.sliceSize, 10000);
          succeed(
            {
              sliceCount: Math.ceil(bytes.length / size),
              getSliceAsync: (index, then) =>
                succeed({ data: Array.from(bytes.slice(index * size, (index + 1) * size)) }, then),
              closeAsync: () => done.push(["closeAsync"]),
            },
            callback,
          );
        },
      },
    },
  };
  window.ribbonActions = {};
  window.CustomFunctions = {
    associate: (name, work) => (window.customFunctions[name] = work),
    Error: class {
      constructor(code) {
        this.code = code;
      }
    },
    ErrorCode: { notAvailable: "#N/A", invalidValue: "#VALUE!", invalidNumber: "#NUM!" },
  };
  window.customFunctions = {};
})();
