// One question with its answer and, after a check, its findings.

import { h, newId } from "./dom.js";
import { ChoiceField, NoteField } from "./fields.js";
import { CodesField } from "./picked.js";

const WORDS = { ok: "Right", advice: "Advice", warning: "Check", error: "Not right" };

/** Notes that bind only if the record says so: true of many codes, and in the way when they come first. */
const REMINDERS = new Set(["code_first", "use_additional", "code_also"]);
const isReminder = ({ kind, severity }) => severity === "advice" && REMINDERS.has(kind);

export class ItemView {
  constructor(item, number, { first, load, say, changed }) {
    this.id = item.id;
    this.heading = newId();
    const stemId = newId();
    const stem = item.kind === "choice" ? null : h("p", { id: stemId, class: "cbp-stem" }, item.stem);
    const edited = () => changed(this.id, this.field.answer);
    if (item.kind === "assign-codes") this.field = new CodesField({ first, load, say, changed: edited });
    else if (item.kind === "documentation") this.field = new NoteField({ stemId, changed: edited });
    else this.field = new ChoiceField({ stem: item.stem, choices: item.choices || [], changed: edited });
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
    this.field.answer = answer;
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
    if (others.length) this.findings.append(h("ul", {}, others.map(showFinding)));
    if (reminders.length) {
      const many = reminders.length === 1 ? "1 note" : `${reminders.length} notes`;
      const summary = h("summary", {}, `${many} of the tabular list to think of`);
      this.findings.append(h("details", { class: "cbp-reminders" }, summary, h("ul", {}, reminders.map(showFinding))));
    }
  }

  markStale(stale) {
    if (this.stale) this.stale.hidden = !stale;
  }
}

function showFinding({ severity, message, cite, evidence }) {
  return h(
    "li",
    { class: `cbp-finding cbp-${WORDS[severity] ? severity : "advice"}` },
    h("p", {}, h("strong", { class: "cbp-severity" }, `${WORDS[severity] || WORDS.advice}:`), " ", message),
    evidence ? h("p", { class: "cbp-evidence" }, "You wrote: ", h("q", {}, evidence)) : null,
    cite ? h("p", { class: "cbp-cite" }, "Source: ", cite) : null,
  );
}
