// The fields of a claim as it was sent, to be put right.

import { h, newId, unseen } from "./dom.js";
import { Later } from "./later.js";

const LONGEST = 200; // as much as the grader reads

export class ClaimField {
  constructor({ item, stemId, say, changed }) {
    this.later = new Later(changed);
    const heard = { say, typed: () => this.later.soon(), left: () => this.flush() };
    this.boxes = item.fields.map((field) => new ClaimBox(field, heard));
    // No form element: Enter in a form's field would send the page away.
    this.element = h(
      "div",
      { class: "cbp-claim", role: "group", "aria-labelledby": stemId },
      h("p", { class: "cbp-hint" }, "The fields hold what was sent. Change those that are wrong, and leave the others as they are."),
      h("div", { class: "cbp-boxes" }, this.boxes.map((box) => box.element)),
    );
  }

  get answer() {
    const changed = this.boxes.filter((box) => box.isChanged).map((box) => [box.id, box.value]);
    return changed.length ? { fields: Object.fromEntries(changed) } : null;
  }

  set answer(answer) {
    const fields = (answer && answer.fields) || {};
    for (const box of this.boxes) box.value = fields[box.id] ?? box.sent;
  }

  flush() {
    this.later.now();
  }
}

/** One field of the claim; once it is changed, it says so and shows what was sent. */
class ClaimBox {
  constructor({ id, label, value }, { say, typed, left }) {
    Object.assign(this, { id, label, sent: value.trim(), say, typed, left });
    const [input, note] = [newId(), newId()];
    this.input = h("input", {
      id: input, type: "text", class: "cbp-input", maxlength: LONGEST, autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", "aria-describedby": note, oninput: () => this.#edited(), onchange: left,
    });
    this.words = h("span", { id: note });
    const back = h("button", { type: "button", class: "cbp-small", onclick: () => this.#putBack() }, "Put back", unseen(` ${label}`));
    this.note = h("div", { class: "cbp-changed" }, this.words, h("span", { class: "cbp-buttons" }, back));
    this.element = h("div", { class: "cbp-sent" }, h("label", { for: input, class: "cbp-label" }, label), this.input, this.note);
    this.value = this.sent;
  }

  get value() {
    return this.input.value.trim();
  }

  set value(value) {
    // Setting what is there already would move the cursor of somebody who types.
    if (value !== this.value) this.input.value = value;
    this.#tell();
  }

  get isChanged() {
    return this.value !== this.sent;
  }

  #edited() {
    this.#tell();
    this.typed();
  }

  #putBack() {
    this.value = this.sent;
    this.input.focus();
    this.say(`${this.label} is as it was sent.`);
    this.typed();
    this.left();
  }

  #tell() {
    this.note.hidden = !this.isChanged;
    this.element.classList.toggle("cbp-edited", this.isChanged);
    this.words.replaceChildren();
    if (this.isChanged) this.words.append(h("strong", {}, "Changed."), this.sent ? ` Sent as: ${this.sent}` : " Sent empty.");
  }
}
