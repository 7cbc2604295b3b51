// Prompts that each get one of the choices.

import { h, newId } from "./dom.js";

const LONG = 30; // letters that a select shows on a phone
const HINT = "A choice may be used more than once, or not at all.";

/** What names a choice in the selects when its text is too long for them: A, B, C. */
export const letter = (at) => (at < 26 ? String.fromCharCode(65 + at) : String(at + 1));

export class MatchField {
  constructor({ item, stemId, changed }) {
    const long = item.choices.some(({ text }) => text.length > LONG);
    const choices = item.choices.map(({ id, text }, at) => ({ id, text: long ? `${letter(at)}. ${text}` : text }));
    this.selects = new Map(item.prompts.map(({ id }) => [id, select(choices, changed)]));
    const rows = item.prompts.map(({ id, text }) => row(text, this.selects.get(id)));
    this.element = h(
      "div",
      { class: "cbp-match", role: "group", "aria-labelledby": stemId },
      long ? legend(item.choices) : null,
      h("p", { class: "cbp-hint" }, HINT),
      rows,
    );
  }

  get answer() {
    const given = [...this.selects].filter(([, { value }]) => value).map(([id, { value }]) => [id, value]);
    return given.length ? { pairs: Object.fromEntries(given) } : null;
  }

  set answer(answer) {
    for (const [id, field] of this.selects) field.value = (answer && answer.pairs[id]) || "";
  }
}

function select(choices, changed) {
  const options = choices.map(({ id, text }) => h("option", { value: id }, text));
  return h("select", { id: newId(), class: "cbp-input", onchange: changed }, h("option", { value: "" }, "Choose …"), options);
}

const row = (text, field) => h("div", { class: "cbp-pair" }, h("label", { for: field.id, class: "cbp-prompt" }, text), field);

/** The choices in full, since a select cuts off what is too long. */
function legend(choices) {
  const line = ({ text }, at) => h("li", {}, h("span", { class: "cbp-letter" }, `${letter(at)}.`), " ", h("span", {}, text));
  return h("ul", { class: "cbp-lettered", "aria-label": "Choices" }, choices.map(line));
}
