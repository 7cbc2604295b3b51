// One encounter on the desk: its heading, the workbench, and the ways to the others.

import { h, newId } from "../dom.js";
import workbench from "../workbench.js";
import { CaseModel } from "./casemodel.js";

export class EncounterView {
  /** `changed` takes a question and its answer, `mark` whether to look again, `go` a step: -1 or 1. */
  constructor({ host, data, at, of, answers, marked, changed, mark, go, finish }) {
    this.model = new CaseModel(host, data, answers, changed);
    this.heading = h("h2", { tabindex: "-1", class: "cbx-encounter" }, `Encounter ${at + 1} of ${of}`);
    const again = newId();
    const box = h("input", { id: again, type: "checkbox", onchange: () => mark(box.checked) });
    box.checked = marked;
    const place = h("div", {});
    const step = (by, words) => h("button", { type: "button", class: "cbp-small", onclick: () => go(by) }, words);
    const last = h("button", { type: "button", class: "cbp-small", onclick: finish }, "Finish …");
    this.element = h(
      "section",
      { class: "cbx-case" },
      h("div", { class: "cbx-head" }, this.heading, h("div", { class: "cbp-choice" }, box, h("label", { for: again }, "Look at this again later"))),
      place,
      h("div", { class: "cbx-row cbx-steps" }, at > 0 ? step(-1, "← Previous encounter") : null, at < of - 1 ? step(1, "Next encounter →") : last),
    );
    this.close = workbench.render({ model: this.model, el: place });
  }

  /** Take now what waits for a pause in typing: leaving a field does it. */
  flush() {
    const { activeElement } = document;
    if (this.element.contains(activeElement)) activeElement.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
