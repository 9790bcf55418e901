
"use strict";
// Without this script every indicator is shown; with it, people choose.
const form = document.getElementById("filter");
const status = document.getElementById("shown");
const chosen = document.getElementById("group");
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const indicators = [...document.querySelectorAll("tbody[data-mark]")];
const groups = [...document.querySelectorAll("section[data-group]")];

function choose() {
  const marks = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const any = marks.size === 0;
  let count = 0;
  for (const group of groups) {
    const wanted = chosen.value === "" || chosen.value === group.dataset.group;
    let visible = 0;
    for (const indicator of group.querySelectorAll("tbody[data-mark]")) {
      indicator.hidden = !wanted || !(any || marks.has(indicator.dataset.mark));
      visible += indicator.hidden ? 0 : 1;
    }
    group.hidden = visible === 0;
    count += visible;
  }
  const parts = [`${count} of ${indicators.length} indicators shown`];
  const words = boxes.filter((box) => box.checked).map((box) => box.dataset.word);
  if (words.length > 0) parts.push(words.join(", "));
  if (chosen.value !== "") parts.push(chosen.selectedOptions[0].text);
  status.textContent = `${parts.join(" \u2013 ")}.`;
  document.body.classList.toggle("filtered", count < indicators.length);
}

function clear() {
  for (const box of boxes) box.checked = false;
  chosen.value = "";
  choose();
}

// A link to an indicator that is filtered away brings it back.
function follow() {
  const aim = document.getElementById(location.hash.slice(1));
  if (aim !== null && aim.closest("[hidden]") !== null) {
    clear();
    aim.scrollIntoView();
  }
}

form.hidden = false;
form.addEventListener("change", choose);
document.getElementById("clear").addEventListener("click", clear);
window.addEventListener("hashchange", follow);
choose();
