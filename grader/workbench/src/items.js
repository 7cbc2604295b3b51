// One question with its answer and, after a check, its findings.

import { AuditField } from "./audit.js";
import { ChoiceField, ChoicesField } from "./choices.js";
import { h, newId } from "./dom.js";
import { EvidenceField } from "./evidence.js";
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

const WORDS = { ok: "Right", advice: "Advice", warning: "Check", error: "Not right" };

/** Notes that bind only if the record says so: true of many codes, and in the way when they come first. */
const REMINDERS = new Set(["code_first", "use_additional", "code_also"]);
const isReminder = ({ kind, severity }) => severity === "advice" && REMINDERS.has(kind);

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
    const reminders = result.findings.filter(isReminder);
    const others = result.findings.filter((finding) => !isReminder(finding));
    const show = (finding) => showFinding(finding, this.item.kind);
    if (others.length) this.findings.append(h("ul", {}, others.map(show)));
    if (reminders.length) {
      const many = reminders.length === 1 ? "1 note" : `${reminders.length} notes`;
      const summary = h("summary", {}, `${many} of the tabular list to think of`);
      this.findings.append(h("details", { class: "cbp-reminders" }, summary, h("ul", {}, reminders.map(show))));
    }
  }

  markStale(stale) {
    if (this.stale) this.stale.hidden = !stale;
  }
}

/** Whose words the evidence is: passages are the chart's, all else is the trainee's. */
const whose = (kind) => (kind === "evidence" ? "The record: " : "You wrote: ");

function showFinding({ severity, message, cite, evidence }, kind) {
  return h(
    "li",
    { class: `cbp-finding cbp-${WORDS[severity] ? severity : "advice"}` },
    h("p", {}, h("strong", { class: "cbp-severity" }, `${WORDS[severity] || WORDS.advice}:`), " ", message),
    evidence ? h("p", { class: "cbp-evidence" }, whose(kind), h("q", {}, evidence)) : null,
    cite ? h("p", { class: "cbp-cite" }, "Source: ", cite) : null,
  );
}
