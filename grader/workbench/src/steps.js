// Steps to be put in order.

import { h } from "./dom.js";
import { MovingList } from "./ordered.js";

const OPEN = "Move the steps into order. You have not set the order yet.";
const SET = "Your order is set. You can still change it.";

export class OrderField {
  constructor({ item, say, changed }) {
    Object.assign(this, { say, changed, isSet: false });
    const texts = new Map(item.choices.map(({ id, text }) => [id, text]));
    this.given = [...texts.keys()];
    this.list = new MovingList({
      label: "Steps, in order", say,
      changed: () => this.#set(),
      name: (id) => `“${texts.get(id).replace(/\.$/, "")}”`,
      show: (id) => h("span", {}, texts.get(id)),
    });
    this.state = h("p", { class: "cbp-hint" });
    this.keep = h("button", { type: "button", class: "cbp-small cbp-keep", onclick: () => this.#keep() }, "This order is right as it stands");
    this.element = h("div", { class: "cbp-steps" }, this.state, this.list.element, h("div", { class: "cbp-buttons" }, this.keep));
    this.answer = null;
  }

  /** The order as given is no answer until the trainee says so: it may just not have been looked at. */
  get answer() {
    return this.isSet ? { order: [...this.list.entries] } : null;
  }

  set answer(answer) {
    this.list.set(answer ? answer.order : this.given);
    this.#tell(Boolean(answer));
  }

  #keep() {
    this.say(SET);
    if (!this.isSet) this.#set();
  }

  #set() {
    this.#tell(true);
    this.changed();
  }

  #tell(isSet) {
    this.isSet = isSet;
    this.state.textContent = isSet ? SET : OPEN;
    // Not hidden: the focus may be on it.
    if (isSet) this.keep.setAttribute("aria-disabled", "true");
    else this.keep.removeAttribute("aria-disabled");
  }
}
