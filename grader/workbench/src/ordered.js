// A list with buttons on each entry.  Moves are spoken, and the focus stays on the button that was pressed.

import { h, unseen } from "./dom.js";

export class MovingList {
  /**
   * `name` is what an entry is called aloud, `place` how its position is, `show` gives what its row holds,
   * and `more` its further buttons, made with `button`.  A list that is not `movable` has those alone.
   */
  constructor({ label, say, changed, show, name = (entry) => entry, place = () => "", more = () => [], movable = true }) {
    Object.assign(this, { say, changed, show, name, place, more, movable, entries: [] });
    this.element = h(movable ? "ol" : "ul", { class: "cbp-picked", "aria-label": label });
  }

  set(entries) {
    this.entries = [...entries];
    this.element.hidden = !entries.length;
    this.element.replaceChildren(...this.entries.map((entry, at) => this.#row(entry, at)));
  }

  /** Where an entry stands, in words. */
  position(at) {
    return `${this.place(at)}position ${at + 1} of ${this.entries.length}`;
  }

  /** Focus a button of an entry by its class; false where there is no such entry. */
  focus(at, button) {
    const row = this.element.children[at];
    if (row) row.querySelector(`.${button}`).focus();
    return Boolean(row);
  }

  button(className, words, entry, act, idle = false) {
    const properties = { type: "button", class: `cbp-small ${className}`, onclick: act, "aria-disabled": idle ? "true" : null };
    return h("button", properties, words, unseen(` ${this.name(entry)}`));
  }

  #move(at, by) {
    const entry = this.entries[at];
    if (at + by < 0) return this.say(`${this.name(entry)} is already first.`);
    if (at + by >= this.entries.length) return this.say(`${this.name(entry)} is already last.`);
    const others = this.entries.filter((_, place) => place !== at);
    this.set([...others.slice(0, at + by), entry, ...others.slice(at + by)]);
    this.say(`${this.name(entry)} moved, now ${this.position(at + by)}.`);
    this.focus(at + by, by < 0 ? "cbp-up" : "cbp-down");
    this.changed();
  }

  #row(entry, at) {
    const moves = this.movable
      ? [
          this.button("cbp-up", "Move up", entry, () => this.#move(at, -1), at === 0),
          this.button("cbp-down", "Move down", entry, () => this.#move(at, 1), at === this.entries.length - 1),
        ]
      : [];
    const what = h("div", { class: "cbp-what" }, this.show(entry, at));
    const buttons = h("div", { class: "cbp-buttons" }, moves, this.more(entry, at));
    return h("li", {}, h("div", { class: "cbp-row" }, what, buttons));
  }
}
