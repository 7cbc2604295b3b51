// The page "My progress": fills the table, saves to a file, takes a file in, and forgets everything on request.

import { counted, h } from "./dom.js";
import { FileError, fromFile, progress, toFile, today, wipe } from "./store.js";

function paint(table) {
  const { read, checked, suggested } = progress();
  for (const row of table.querySelectorAll("tr[data-lesson]")) {
    const day = read[row.dataset.lesson];
    row.querySelector(".progress-read").textContent = day ?? (suggested.includes(row.dataset.lesson) ? "suggested by the quiz" : "not yet");
    const cases = row.dataset.cases.split(" ").filter(Boolean);
    const done = cases.filter((id) => checked[id]);
    const share = done.map((id) => checked[id].points / (checked[id].possible || 1));
    const average = share.length ? `, ${Math.round((100 * share.reduce((a, b) => a + b, 0)) / share.length)} %` : "";
    row.querySelector(".progress-cases").textContent = cases.length ? `${done.length} of ${cases.length}${average}` : "none";
  }
}

function total() {
  const { read, checked } = progress();
  const cases = Object.keys(checked).length;
  return `You have read ${counted(Object.keys(read).length, "lesson")} and checked ${counted(cases, "case")} in this browser.`;
}

function save() {
  const address = URL.createObjectURL(new Blob([toFile()], { type: "application/json" }));
  h("a", { href: address, download: `coding-back-pain-progress-${today()}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function take(file, say) {
  if (!file) return;
  try {
    const kept = fromFile(await file.text());
    say(kept ? "The file was taken in. What it has replaces what was here." : "This browser did not keep all of it: its storage is full or blocked.");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    say(`${error.message} Nothing was changed.`);
  }
}

/** Ask once more before everything is forgotten. */
function forgetting(say) {
  const ask = h("button", { type: "button" }, "Forget everything …");
  const sure = h("span", { class: "progress-sure", hidden: true });
  const back = () => {
    sure.hidden = true;
    ask.hidden = false;
    ask.focus();
  };
  const yes = h("button", { type: "button", class: "danger", onclick: () => { wipe(); back(); say("Everything was forgotten."); } }, "Yes, forget progress and answers");
  sure.append(yes, h("button", { type: "button", onclick: back }, "No, keep them"));
  ask.addEventListener("click", () => {
    ask.hidden = true;
    sure.hidden = false;
    yes.focus();
  });
  return h("span", {}, ask, sure);
}

export function start() {
  const table = document.querySelector("table.progress-table");
  if (!table) return;
  const said = h("p", { role: "status", class: "progress-said" });
  const sum = h("p", { class: "progress-total" });
  const say = (text) => { said.textContent = text; };
  const file = h("input", { type: "file", accept: ".json,application/json", class: "cbp-unseen", tabindex: "-1", "aria-hidden": "true" });
  file.addEventListener("change", async () => { await take(file.files[0], say); file.value = ""; });
  const buttons = h("p", { class: "progress-buttons" },
    h("button", { type: "button", onclick: () => { save(); say("Saved. Look in the folder of your downloads."); } }, "Save to a file"),
    h("button", { type: "button", onclick: () => file.click() }, "Take a file in"), file, forgetting(say));
  const box = table.closest(".pst-scrollable-table-container") ?? table;
  box.before(sum);
  box.after(buttons, said);
  const show = () => { paint(table); sum.textContent = total(); };
  show();
  document.addEventListener("cbp:progress", show);
}
