// One question with its answer and, after a check, its findings.

import { AuditField } from "./audit.js";
import { ChoiceField, ChoicesField } from "./choices.js";
import { h, newId } from "./dom.js";
import { EvidenceField } from "./evidence.js";
import { showFindings } from "./findings.js";
import { fits } from "./fits.js";
import { MatchField } from "./match.js";
import { NoteField } from "./notes.js";
import { CodesField } from "./picked.js";
import { ClaimField } from "./repair.js";
import { OrderField } from "./steps.js";

const FIELDS = {
  "assign-codes": CodesField,
  audit: AuditField,
  choice: ChoiceField,
  choices: ChoicesField,
  "claim-repair": ClaimField,
  documentation: NoteField,
  evidence: EvidenceField,
  match: MatchField,
  message: NoteField,
  order: OrderField,
};

export class ItemView {
  constructor(item, number, { first, load, say, changed }) {
    Object.assign(this, { item, id: item.id, heading: newId() });
    const Field = FIELDS[item.kind];
    const stemId = newId();
    const stem = Field.asks ? null : h("p", { id: stemId, class: "cbp-stem" }, item.stem);
    this.field = new Field({ item, stemId, first, load, say, changed: () => changed(this.id, this.field.answer) });
    if (stem && !this.field.element.hasAttribute("role")) {
      // The controls of an answer say which question they belong to.
      this.field.element.setAttribute("role", "group");
      this.field.element.setAttribute("aria-labelledby", stemId);
    }
    this.findings = h("div", { class: "cbp-findings", hidden: true });
    const worth = item.points === 1 ? "1 point" : `${item.points} points`;
    this.name = `Question ${number}`;
    this.element = h(
      "section",
      { class: "cbp-item", "aria-labelledby": this.heading },
      h("h4", { id: this.heading, tabindex: "-1" }, this.name, h("span", { class: "cbp-worth" }, ` (${worth})`)),
      stem,
      this.field.element,
      this.findings,
    );
  }

  set answer(answer) {
    this.field.answer = fits(this.item, answer) ? answer : null;
  }

  focus() {
    const heading = this.element.querySelector("h4");
    heading.focus();
    heading.scrollIntoView({ block: "start" });
  }

  flush() {
    if (this.field.flush) this.field.flush();
  }

  /** Show what the grader said about this answer; nothing when there is nothing to show. */
  paint(result) {
    this.findings.hidden = !result;
    this.findings.replaceChildren();
    if (!result) return;
    this.stale = h("p", { class: "cbp-stale", hidden: true }, "You changed this answer after it was checked.");
    this.findings.append(h("h5", {}, result.summary), this.stale);
    this.findings.append(...showFindings(result.findings, this.item.kind));
  }

  markStale(stale) {
    if (this.stale) this.stale.hidden = !stale;
  }
}
