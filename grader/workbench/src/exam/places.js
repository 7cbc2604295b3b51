// The encounters of the exam as a row of numbers: how far each is, and which the trainee wants to look at again.

import { h } from "../dom.js";
import { caseState, WORDS } from "./progress.js";

const SIGNS = { none: "○", some: "◐", all: "●" };
const FLAG = "⚑";

export class Places {
  /** `go` takes the place of an encounter, counted from 0. */
  constructor(cases, go) {
    this.cases = cases;
    this.buttons = cases.map((_, at) => h("button", { type: "button", class: "cbp-small cbx-place", onclick: () => go(at) }));
    const sign = (name, words) => h("span", {}, h("span", { "aria-hidden": "true" }, name), ` ${words}`);
    this.element = h(
      "nav",
      { class: "cbx-places", "aria-label": "Encounters" },
      h("ol", {}, this.buttons.map((button) => h("li", {}, button))),
      h("p", { class: "cbp-hint cbx-legend" }, Object.keys(SIGNS).map((name) => sign(SIGNS[name], WORDS[name])), sign(FLAG, "look again")),
    );
  }

  paint(answers, marks, current) {
    this.cases.forEach((data, at) => {
      const { state } = caseState(data, answers);
      const marked = marks.has(data.id);
      const said = `${WORDS[state]}${marked ? ", look again" : ""}`;
      const key = `${said}${at === current}`;
      const button = this.buttons[at];
      if (button.dataset.said === key) return;
      button.dataset.said = key;
      button.setAttribute("aria-label", `Encounter ${at + 1}, ${said}`);
      button.replaceChildren(`${at + 1}`, h("span", { class: "cbx-sign", "aria-hidden": "true" }, `${SIGNS[state]}${marked ? FLAG : ""}`));
      if (at === current) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }
}
