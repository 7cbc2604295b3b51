// What the grader says about one answer.

import { h, newId } from "./dom.js";

const WORDS = { ok: "Right", advice: "Advice", warning: "Check", error: "Not right" };

/** What was found of a note, what to look at first before the rest: each answer has a heading to go to. */
const GROUPS = [
  ["error", "Otherwise than the record"],
  ["warning", "Not found – check"],
  ["advice", "Found in part"],
  ["ok", "Found"],
];
const LESSON = "teaching";
const SIGN = "check_by_hand";

/** Notes that bind only if the record says so: true of many codes, and in the way when they come first. */
const REMINDERS = new Set(["code_first", "use_additional", "code_also"]);
const isReminder = ({ kind, severity }) => severity === "advice" && REMINDERS.has(kind);

const UNSURE = "A program read this, and it is wrong now and then. Where it is not quite sure, it says so: look there again yourself.";

/** How sure the reading is, in the words of `feedback.py`; nothing where it is sure or nothing was read. */
export function howSure({ confidence }) {
  if (typeof confidence !== "number" || confidence >= 0.8) return "";
  return confidence < 0.6 ? "not sure" : "fairly sure";
}

/** Return what is shown of the findings on an answer to a question of this kind. */
export function showFindings(findings, kind) {
  const shown = kind === "documentation" ? noteFindings(findings) : otherFindings(findings, kind);
  return findings.some(howSure) ? [h("p", { class: "cbp-hint" }, UNSURE), ...shown] : shown;
}

function otherFindings(findings, kind) {
  const reminders = findings.filter(isReminder);
  const others = findings.filter((finding) => !isReminder(finding));
  const show = (finding) => showFinding(finding, kind);
  const shown = others.length ? [h("ul", {}, others.map(show))] : [];
  if (reminders.length) {
    const many = reminders.length === 1 ? "1 note" : `${reminders.length} notes`;
    const summary = h("summary", {}, `${many} of the tabular list to think of`);
    shown.push(h("details", { class: "cbp-reminders" }, summary, h("ul", {}, reminders.map(show))));
  }
  return shown;
}

/** Seventeen elements in four groups, then what a person should look at, then what to add. */
function noteFindings(findings) {
  const elements = findings.filter(({ kind }) => kind !== LESSON && kind !== SIGN);
  const of = (wanted) => findings.filter(({ kind }) => kind === wanted);
  const sources = [...new Set(findings.map(({ cite }) => cite).filter(Boolean))];
  return [
    ...GROUPS.map(([severity, title]) => group(title, severity, elements.filter((one) => one.severity === severity), true)),
    group("For a person to look at", "advice", of(SIGN)),
    group("What a payer would ask", "lesson", of(LESSON), false, showLesson),
    sources.length ? h("p", { class: "cbp-cite" }, "Source: ", sources.join("; ")) : null,
  ].filter(Boolean);
}

function group(title, severity, findings, counted = false, show = showElement) {
  if (!findings.length) return null;
  const heading = newId();
  return h(
    "div",
    { class: `cbp-group cbp-${severity}` },
    h("h6", { id: heading, class: "cbp-severity" }, counted ? `${title} (${findings.length})` : title),
    h("ul", { "aria-labelledby": heading }, findings.map(show)),
  );
}

/** An element of a note; its heading says what is the matter. */
function showElement(finding) {
  const { subject, message } = finding;
  const name = subject.length && message.startsWith(`${subject[0]}:`) ? `${subject[0]}:` : "";
  const sure = howSure(finding);
  const said = [name ? h("strong", {}, name) : "", message.slice(name.length)];
  const doubt = sure ? [" ", h("em", { class: "cbp-sure" }, `(${sure})`)] : [];
  return h("li", { class: "cbp-element" }, h("p", {}, said, doubt), quotes(finding));
}

/** What to add; the words of the note stand with what was found of it. */
const showLesson = ({ subject, message }) =>
  h("li", { class: "cbp-element" }, h("p", {}, subject.length ? [h("strong", {}, `${subject[0]}:`), " "] : [], message));

/** Whose words the evidence is: passages are the chart's, all else is the trainee's. */
const whose = (kind) => (kind === "evidence" ? RECORD : "You wrote: ");
const RECORD = "The record: ";

/** The words that a finding rests on, and beside them those of the record that say otherwise. */
function quotes({ evidence, record }, kind) {
  const quoted = [
    [evidence, whose(kind)],
    [record, RECORD],
  ].filter(([words]) => words);
  if (!quoted.length) return null;
  return h("div", { class: "cbp-quotes" }, quoted.map(([words, from]) => h("p", { class: "cbp-evidence" }, from, h("q", {}, words))));
}

function showFinding(finding, kind) {
  const { severity, message, cite } = finding;
  const sure = howSure(finding);
  const mark = `${WORDS[severity] || WORDS.advice}${sure ? ` (${sure})` : ""}:`;
  return h(
    "li",
    { class: `cbp-finding cbp-${WORDS[severity] ? severity : "advice"}` },
    h("p", {}, h("strong", { class: "cbp-severity" }, mark), " ", message),
    quotes(finding, kind),
    cite ? h("p", { class: "cbp-cite" }, "Source: ", cite) : null,
  );
}
