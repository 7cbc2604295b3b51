// The codes a trainee picked, in order where order counts.

import { h } from "./dom.js";
import { Finder } from "./finder.js";
import { MovingList } from "./ordered.js";

const MOST = 50; // as many as the grader reads
const NONE = "No codes yet.";

export class CodesField {
  /**
   * `first` names the first code: first-listed, or principal for an inpatient stay.  Where the codes are no list in
   * order, `ordered` is false; `refuse` says why a code cannot be added, if it cannot.
   */
  constructor({ first, load, say, changed, ordered = true, label = "Your codes, in order", refuse = () => "" }) {
    Object.assign(this, { first, say, changed, ordered, refuse, index: null });
    const loaded = async () => {
      this.index = await load();
      this.#entitle();
      return this.index;
    };
    this.finder = new Finder({ load: loaded, add: (code) => this.#add(code), say });
    this.list = new MovingList({
      label, say, movable: ordered,
      changed: () => this.#changed(),
      place: (at) => (at === 0 ? `${first}, ` : ""),
      show: (code, at) => this.#show(code, at),
      more: (code, at) => this.list.button("cbp-remove", "Remove", code, () => this.#remove(at)),
    });
    this.note = h("p", { class: "cbp-hint" });
    this.element = h("div", {}, this.finder.element, this.note, this.list.element);
    this.#set([]);
  }

  get codes() {
    return this.list.entries;
  }

  get answer() {
    return { codes: [...this.codes] };
  }

  set answer(answer) {
    this.#set((answer && answer.codes) || []);
  }

  #set(codes) {
    this.list.set(codes);
    this.#tell(codes.length ? "" : NONE);
  }

  #tell(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  #add(code) {
    const refused = this.#refused(code);
    if (refused) {
      this.#tell(refused);
      return this.say(refused);
    }
    this.#set([...this.codes, code]);
    this.#done(this.ordered ? `${code} added, ${this.list.position(this.codes.length - 1)}.` : `${code} added.`);
  }

  #refused(code) {
    if (this.codes.includes(code)) return `${code} is already in your list.`;
    if (this.codes.length >= MOST) return `Your list holds ${MOST} codes; remove one first.`;
    return this.refuse(code);
  }

  #remove(at) {
    const code = this.codes[at];
    this.#set(this.codes.filter((_, place) => place !== at));
    this.#done(`${code} removed.`);
    if (!this.list.focus(Math.min(at, this.codes.length - 1), "cbp-remove")) this.finder.input.focus();
  }

  #done(text) {
    this.say(text);
    this.#changed();
  }

  #changed() {
    this.#tell(this.codes.length ? "" : NONE); // not what was refused before
    this.changed();
  }

  #show(code, at) {
    return [
      h("span", { class: "cbp-code" }, code),
      " ",
      this.ordered && at === 0 ? h("span", { class: "cbp-badge" }, this.first) : null,
      " ",
      h("span", { class: "cbp-name" }, this.index ? this.index.title(code) : ""),
    ];
  }

  /** The titles alone: new rows would take the focus from a button. */
  #entitle() {
    this.list.element.querySelectorAll(".cbp-name").forEach((name, at) => {
      name.textContent = this.index.title(this.codes[at]);
    });
  }
}
