// The other two ways to answer: a note in one's own words, and one choice among several.

import { h, newId } from "./dom.js";

const LONGEST = 20_000; // as much as the grader reads
const PAUSE = 400; // milliseconds without typing before a note is saved

export class NoteField {
  constructor({ stemId, changed }) {
    const [label, count] = [newId(), newId()];
    this.changed = changed;
    this.area = h("textarea", {
      class: "cbp-input", rows: "10", maxlength: LONGEST, "aria-labelledby": label,
      "aria-describedby": `${stemId} ${count}`, oninput: () => this.#typed(), onchange: () => this.flush(),
    });
    const title = h("label", { id: label, class: "cbp-label" }, "Your note");
    this.area.id = newId();
    title.setAttribute("for", this.area.id);
    this.count = h("p", { id: count, class: "cbp-hint cbp-count" });
    this.element = h("div", {}, title, this.area, this.count);
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
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.changed();
  }

  #typed() {
    this.#tally();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.flush(), PAUSE);
  }

  #tally() {
    const words = this.area.value.trim().split(/\s+/).filter(Boolean).length;
    this.count.textContent = words === 1 ? "1 word" : `${words} words`;
  }
}

export class ChoiceField {
  constructor({ stem, choices, changed }) {
    const name = newId();
    this.radios = choices.map(({ id }) => h("input", { type: "radio", name, value: id, id: newId(), onchange: changed }));
    const options = choices.map(({ text }, at) =>
      h("div", { class: "cbp-choice" }, this.radios[at], h("label", { for: this.radios[at].id }, text)),
    );
    this.element = h("fieldset", { class: "cbp-choices" }, h("legend", { class: "cbp-stem" }, stem), options);
  }

  get answer() {
    const picked = this.radios.find((radio) => radio.checked);
    return picked ? { choice: picked.value } : null;
  }

  set answer(answer) {
    for (const radio of this.radios) radio.checked = Boolean(answer) && radio.value === answer.choice;
  }
}
