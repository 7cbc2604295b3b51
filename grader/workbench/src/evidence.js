// The chart once more, to mark the passages that decide a question.

import { h, newId } from "./dom.js";

const HINT = "Click a sentence to mark it, or move to it with the Tab key and press the space bar.";

/** How many passages are marked, in words. */
export const marked = (count) => (count ? `${count} ${count === 1 ? "passage" : "passages"} marked` : "No passage marked");

export class EvidenceField {
  constructor({ item, stemId, say, changed }) {
    Object.assign(this, { say, changed, boxes: [] });
    this.count = h("p", { class: "cbp-hint" });
    this.clear = h("button", { type: "button", class: "cbp-small cbp-clear", onclick: () => this.#clear() }, "Clear all marks");
    this.element = h(
      "div",
      { class: "cbp-marking", role: "group", "aria-labelledby": stemId },
      h("p", { class: "cbp-hint" }, HINT),
      item.chart.map((document) => this.#document(document)),
      h("div", { class: "cbp-row cbp-tally" }, this.count, h("div", { class: "cbp-buttons" }, this.clear)),
    );
    this.#tally();
  }

  get #marks() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  get answer() {
    const passages = this.#marks;
    return passages.length ? { passages } : null;
  }

  set answer(answer) {
    for (const box of this.boxes) box.checked = Boolean(answer) && answer.passages.includes(box.value);
    this.#tally();
  }

  #document({ title, blocks }) {
    return h("div", { class: "cbp-document" }, h("h5", {}, title), blocks.map((block) => this.#block(block)));
  }

  #block({ heading, passages }) {
    if (heading) return h("h6", {}, heading);
    // A space stands between sentences as in any text.
    return h("p", {}, passages.flatMap((passage) => [this.#passage(passage), " "]));
  }

  #passage({ id, text }) {
    const box = h("input", { type: "checkbox", id: newId(), value: id, onchange: () => this.#changed() });
    this.boxes.push(box);
    return h("span", { class: "cbp-passage" }, box, h("label", { for: box.id }, text));
  }

  #changed() {
    this.#tally();
    this.say(`${marked(this.#marks.length)}.`);
    this.changed();
  }

  #clear() {
    if (!this.#marks.length) return this.say("No passage is marked.");
    this.answer = null;
    this.say("All marks cleared.");
    this.changed();
  }

  #tally() {
    const count = this.#marks.length;
    this.count.textContent = marked(count);
    // Not hidden: the focus may be on it.
    if (count) this.clear.removeAttribute("aria-disabled");
    else this.clear.setAttribute("aria-disabled", "true");
  }
}
