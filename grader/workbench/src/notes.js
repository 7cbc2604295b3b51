// What is written in one's own words: a note for the record, or a message to somebody.

import { h, newId } from "./dom.js";
import { Later } from "./later.js";

const LONGEST = 20_000; // as much as the grader reads

export class NoteField {
  constructor({ item, stemId, changed }) {
    const [area, label, count] = [newId(), newId(), newId()];
    this.later = new Later(changed);
    this.area = h("textarea", {
      id: area, class: "cbp-input", rows: "10", maxlength: LONGEST, "aria-labelledby": label,
      "aria-describedby": `${stemId} ${count}`, oninput: () => this.#typed(), onchange: () => this.flush(),
    });
    const words = item.kind === "message" ? `Your message to the ${item.to}` : "Your note";
    this.count = h("p", { id: count, class: "cbp-hint cbp-count" });
    this.element = h("div", {}, h("label", { id: label, for: area, class: "cbp-label" }, words), this.area, this.count);
    this.#tally();
  }

  get answer() {
    return { text: this.area.value };
  }

  set answer(answer) {
    const text = (answer && answer.text) || "";
    if (text !== this.area.value) this.area.value = text;
    this.#tally();
  }

  /** Save now what waits for a pause in typing. */
  flush() {
    this.later.now();
  }

  #typed() {
    this.#tally();
    this.later.soon();
  }

  #tally() {
    const words = this.area.value.trim().split(/\s+/).filter(Boolean).length;
    this.count.textContent = words === 1 ? "1 word" : `${words} words`;
  }
}
