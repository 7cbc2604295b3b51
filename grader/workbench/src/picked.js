// The codes a trainee picked, in order.

import { h, unseen } from "./dom.js";
import { Finder } from "./finder.js";

const MOST = 50; // as many as the grader reads

export class CodesField {
  /** `first` names the first code: first-listed, or principal for an inpatient stay. */
  constructor({ first, load, say, changed }) {
    Object.assign(this, { first, say, changed, codes: [], index: null });
    const loaded = async () => {
      this.index = await load();
      this.#paint();
      return this.index;
    };
    this.finder = new Finder({ load: loaded, add: (code) => this.#add(code), say });
    this.list = h("ol", { class: "cbp-picked", "aria-label": "Your codes, in order" });
    this.none = h("p", { class: "cbp-hint" }, "No codes yet.");
    this.element = h("div", {}, this.finder.element, this.none, this.list);
    this.#paint();
  }

  get answer() {
    return { codes: [...this.codes] };
  }

  set answer(answer) {
    this.codes = [...((answer && answer.codes) || [])];
    this.#paint();
  }

  #add(code) {
    if (this.codes.includes(code)) return this.say(`${code} is already in your list.`);
    if (this.codes.length >= MOST) return this.say(`Your list holds ${MOST} codes; remove one first.`);
    this.codes.push(code);
    this.#done(`${code} added, ${this.#place(this.codes.length - 1)}.`);
  }

  #place(at) {
    return `${at === 0 ? `${this.first}, ` : ""}position ${at + 1} of ${this.codes.length}`;
  }

  #move(at, by) {
    const code = this.codes[at];
    if (at + by < 0) return this.say(`${code} is already first.`);
    if (at + by >= this.codes.length) return this.say(`${code} is already last.`);
    this.codes.splice(at, 1);
    this.codes.splice(at + by, 0, code);
    this.#done(`${code} moved, now ${this.#place(at + by)}.`);
    this.list.children[at + by].querySelector(by < 0 ? ".cbp-up" : ".cbp-down").focus();
  }

  #remove(at) {
    const [code] = this.codes.splice(at, 1);
    this.#done(`${code} removed.`);
    const next = this.list.children[Math.min(at, this.codes.length - 1)];
    (next ? next.querySelector(".cbp-remove") : this.finder.input).focus();
  }

  #done(text) {
    this.#paint();
    this.say(text);
    this.changed();
  }

  #paint() {
    this.none.hidden = this.codes.length > 0;
    this.list.hidden = !this.codes.length;
    this.list.replaceChildren(...this.codes.map((code, at) => this.#row(code, at)));
  }

  #row(code, at) {
    const button = (name, words, act, idle) =>
      h("button", { type: "button", class: `cbp-small ${name}`, onclick: act, "aria-disabled": idle ? "true" : null }, words, unseen(` ${code}`));
    return h(
      "li",
      {},
      h(
        "div",
        { class: "cbp-row" },
        h(
          "div",
          { class: "cbp-what" },
          h("span", { class: "cbp-code" }, code),
          at === 0 ? h("span", { class: "cbp-badge" }, this.first) : null,
          h("span", { class: "cbp-name" }, this.index ? this.index.title(code) : ""),
        ),
        h(
          "div",
          { class: "cbp-buttons" },
          button("cbp-up", "Move up", () => this.#move(at, -1), at === 0),
          button("cbp-down", "Move down", () => this.#move(at, 1), at === this.codes.length - 1),
          button("cbp-remove", "Remove", () => this.#remove(at), false),
        ),
      ),
    );
  }
}
