// The search box: a combobox with a list below it, after the ARIA 1.2 pattern.

import { h, newId, unseen } from "./dom.js";
import { bareOf } from "./search.js";

const HINT = "Type words or a code. Arrow keys choose, Enter adds, Escape closes the list.";
const MAX_TYPED = 12;
const PAUSE = 700; // milliseconds without typing before the number of hits is read out

/** A code as people write it: ` m545 ` is M54.5, whether or not there is such a code. */
export function spelled(text) {
  const bare = bareOf(text).toUpperCase();
  if (!/^[A-Z0-9]{3,7}$/.test(bare)) return text.trim().toUpperCase();
  return bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare;
}

/** Whether a text is meant as a code: short, one word, with a digit after its beginning. */
const isCodeLike = (text) => /^[A-Za-z0-9][0-9A-Za-z]\S*$/.test(text.trim()) && /\d/.test(text) && bareOf(text).length <= MAX_TYPED;

export class Finder {
  /** `load` gives the index, `add` takes a code, `say` speaks to screen readers. */
  constructor({ load, add, say }) {
    Object.assign(this, { load, add, say, index: null, options: [], active: -1, failed: "" });
    const [input, list, hint] = [newId(), newId(), newId()];
    this.input = h("input", {
      id: input, type: "text", role: "combobox", class: "cbp-input", "aria-expanded": "false", "aria-controls": list,
      "aria-autocomplete": "list", "aria-describedby": hint, autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", maxlength: "200", onfocus: () => this.#wake(), oninput: () => this.#refresh(),
      onkeydown: (event) => this.#key(event), onblur: () => this.close(), onclick: () => this.#refresh(),
    });
    this.list = h("ul", { id: list, role: "listbox", class: "cbp-options", "aria-label": "Codes found", hidden: true });
    // Without this, pressing on an option would blur the box and close the list before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.note = h("p", { class: "cbp-hint", hidden: true });
    this.element = h(
      "div",
      { class: "cbp-finder" },
      h("label", { for: input, class: "cbp-label" }, "Find a code"),
      h("p", { id: hint, class: "cbp-hint" }, HINT),
      h("div", { class: "cbp-box" }, this.input, this.list),
      this.note,
    );
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.options = [];
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    clearTimeout(this.pause);
  }

  async #wake() {
    if (this.index || this.waking) return;
    this.waking = true;
    this.#tell("The list of codes is loading …");
    try {
      this.index = await this.load();
      this.#tell("");
    } catch {
      this.#tell("The list of codes could not be loaded, so words find nothing now. You can still enter codes as typed.");
    }
    this.waking = false;
    if (document.activeElement === this.input && this.input.value) this.#refresh();
  }

  #tell(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
    if (text) this.say(text);
  }

  #found(text) {
    const hits = this.index ? this.index.search(text) : [];
    const typed = spelled(text);
    const options = hits.map((hit) => ({ ...hit, incomplete: hit.flag === "7" }));
    if (isCodeLike(text) && !options.some((option) => option.code === typed)) options.push({ code: typed, typed: true });
    return options;
  }

  #refresh() {
    this.#wake();
    const text = this.input.value;
    this.close();
    if (!text.trim()) return;
    this.options = this.#found(text);
    this.list.replaceChildren(...this.options.map((option, at) => this.#option(option, at)));
    if (!this.options.length && this.index) {
      this.list.replaceChildren(h("li", { role: "option", "aria-disabled": "true", class: "cbp-option" }, "Nothing found. Try other words."));
    }
    this.list.hidden = !this.list.childElementCount;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.pause = setTimeout(() => this.say(this.#count()), PAUSE);
  }

  #count() {
    const hits = this.options.filter((option) => !option.typed).length;
    if (!hits) return this.options.length ? "No code found; you can add what you typed." : "Nothing found.";
    return `${hits} ${hits === 1 ? "code" : "codes"} found.`;
  }

  #option(option, at) {
    const choose = () => this.#choose(at);
    const properties = { id: newId(), role: "option", class: "cbp-option", "aria-selected": "false", onclick: choose };
    if (option.typed) return h("li", properties, `Add “${option.code}” as typed`);
    return h(
      "li",
      properties,
      h("span", { class: "cbp-code" }, option.code),
      unseen(" "),
      h("span", { class: "cbp-name" }, option.title),
      option.why ? h("span", { class: "cbp-why" }, unseen("; "), option.why) : null,
    );
  }

  #key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (move && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (this.list.hidden) this.#refresh();
      this.#activate(this.active < 0 && move < 0 ? this.options.length - 1 : this.active + move);
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#enter();
    }
  }

  #activate(at) {
    const count = this.options.length;
    if (!count) return;
    this.active = (at + count) % count;
    [...this.list.children].forEach((child, place) => child.setAttribute("aria-selected", String(place === this.active)));
    const current = this.list.children[this.active];
    this.input.setAttribute("aria-activedescendant", current.id);
    current.scrollIntoView({ block: "nearest" });
  }

  #enter() {
    if (this.active >= 0) return this.#choose(this.active);
    const text = this.input.value;
    if (!text.trim()) return;
    if (isCodeLike(text)) return this.#take(spelled(text));
    if (this.list.hidden) this.#refresh();
    this.#activate(0);
    this.say("Choose a code from the list.");
  }

  #choose(at) {
    const option = this.options[at];
    if (!option.incomplete) return this.#take(option.code);
    this.input.value = option.code;
    this.#refresh();
    this.input.focus();
    this.say(`Choose the 7th character of ${option.code}.`);
  }

  #take(code) {
    this.input.value = "";
    this.close();
    this.add(code);
    this.input.focus();
  }
}
