// What anywidget gives a module in JupyterLab, for a page: get, set, on, off, save_changes.

import { fits } from "./fits.js";

const PREFIX = "coding-back-pain/answers/";
const KEPT = "Your answers are kept in this browser.";
const LOST = "This browser does not let the page keep answers: they are lost when you leave it.";

export class PageModel {
  #values;
  #listeners = new Map();
  #changed = new Set();

  constructor(data, codesUrl) {
    const answers = restored(data);
    const status = Object.keys(answers).length ? "Your earlier answers in this browser are shown." : "";
    this.#values = { case: data, answers, mode: "practice", codes_url: codesUrl, check: 0, result: null, status };
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    this.#changed.add(name);
  }

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
  }

  off(name, listener) {
    if (listener) this.#listeners.get(name)?.delete(listener);
    else this.#listeners.delete(name);
  }

  save_changes() {
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.includes("answers")) {
      this.set("status", keep(this.get("case").id, this.get("answers")) ? KEPT : LOST);
      changed.push("status");
    }
    for (const name of changed) for (const listener of [...(this.#listeners.get(`change:${name}`) || [])]) listener();
  }

  /** Set from the host's side. */
  tell(values) {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
    this.save_changes();
  }
}

function keep(id, answers) {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(answers));
    return true;
  } catch {
    return false; // private window, or storage full or forbidden
  }
}

/** Earlier answers to this case, those that still fit its questions. */
function restored(data) {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(PREFIX + data.id)) || {};
  } catch {
    return {};
  }
  const fitting = data.items.filter((item) => fits(item, kept[item.id])).map((item) => [item.id, kept[item.id]]);
  return Object.fromEntries(fitting);
}
