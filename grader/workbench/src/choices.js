// One choice among several, or all that apply.

import { h, newId } from "./dom.js";

/** The boxes of the choices, and a group with the question as its name. */
function group({ item, changed }, type, hint) {
  const [name, hintId] = [newId(), newId()];
  const boxes = item.choices.map(({ id }) => h("input", { type, name, value: id, id: newId(), onchange: changed }));
  const options = item.choices.map(({ text }, at) =>
    h("div", { class: "cbp-choice" }, boxes[at], h("label", { for: boxes[at].id }, text)),
  );
  const element = h(
    "fieldset",
    { class: "cbp-choices", "aria-describedby": hint ? hintId : null },
    h("legend", { class: "cbp-stem" }, item.stem),
    hint ? h("p", { id: hintId, class: "cbp-hint" }, hint) : null,
    options,
  );
  return { boxes, element };
}

export class ChoiceField {
  static asks = true; // shows the question itself

  constructor(host) {
    Object.assign(this, group(host, "radio"));
  }

  get answer() {
    const picked = this.boxes.find((box) => box.checked);
    return picked ? { choice: picked.value } : null;
  }

  set answer(answer) {
    for (const box of this.boxes) box.checked = Boolean(answer) && box.value === answer.choice;
  }
}

export class ChoicesField {
  static asks = true;

  constructor(host) {
    Object.assign(this, group(host, "checkbox", "Choose all that apply."));
  }

  get answer() {
    const choices = this.boxes.filter((box) => box.checked).map((box) => box.value);
    return choices.length ? { choices } : null;
  }

  set answer(answer) {
    for (const box of this.boxes) box.checked = Boolean(answer) && answer.choices.includes(box.value);
  }
}
