// Before handing over: what has no answer, what was marked; and after it, what to do now.

import { h } from "../dom.js";
import { savingWords } from "./bar.js";
import { caseState } from "./progress.js";

const plural = (number, one, many) => (number === 1 ? `1 ${one}` : `${number} ${many}`);

/** What an encounter still lacks, in words. */
export function lacking({ questions, none, part }, marked) {
  const parts = [];
  if (none === questions) parts.push(questions === 1 ? "The question has no answer" : "No question has an answer");
  else if (none) parts.push(`${none} of ${plural(questions, "question", "questions")} ${none === 1 ? "has" : "have"} no answer`);
  if (part) parts.push(`${plural(part, "question is", "questions are")} answered in part`);
  if (!parts.length) parts.push("Answered");
  if (marked) parts.push("you want to look at it again");
  return `${parts.join("; ")}.`;
}

export class SummaryView {
  constructor({ cases, answers, marks, go, back, hand }) {
    const states = cases.map((data) => caseState(data, answers));
    const open = states.reduce((sum, { none, part }) => sum + none + part, 0);
    const told = open
      ? `${plural(open, "question is", "questions are")} not fully answered.${marks.size ? ` You marked ${plural(marks.size, "encounter", "encounters")} to look at again.` : ""}`
      : `Every question has an answer.${marks.size ? ` You marked ${plural(marks.size, "encounter", "encounters")} to look at again.` : ""}`;
    this.heading = h("h2", { tabindex: "-1" }, "Before you hand over");
    const button = (name, words, act) => h("button", { type: "button", class: name, onclick: act }, words);
    this.ask = button("cbp-check", "Hand over …", () => this.#confirm(true));
    this.sure = h("p", { class: "cbx-notice", tabindex: "-1" }, "Hand over now? After that you cannot change your answers.");
    this.confirm = h(
      "div",
      { class: "cbx-confirm", role: "group", "aria-label": "Hand over", hidden: true },
      this.sure,
      h("div", { class: "cbx-row" }, button("cbp-check", "Yes, hand over now", hand), button("cbp-small", "No, not yet", () => this.#confirm(false))),
    );
    this.first = h("div", { class: "cbx-row" }, button("cbp-small", "Back to the encounters", back), this.ask);
    const row = (data, at) =>
      h(
        "li",
        { class: "cbx-summed" },
        h("div", {}, h("strong", {}, `Encounter ${at + 1}: ${data.title}`), h("span", { class: "cbx-lacks" }, lacking(states[at], marks.has(data.id)))),
        button("cbp-small", `Go to encounter ${at + 1}`, () => go(at)),
      );
    this.element = h("section", { class: "cbx-summary" }, this.heading, h("p", {}, told), h("ul", {}, cases.map(row)), this.first, this.confirm);
  }

  #confirm(open) {
    this.confirm.hidden = !open;
    this.first.hidden = open;
    (open ? this.sure : this.ask).focus();
  }
}

export class EndView {
  constructor() {
    this.heading = h("h2", { tabindex: "-1" });
    this.told = h("p", {});
    this.state = h("p", { class: "cbx-notice", role: "status" });
    this.element = h("section", { class: "cbx-end" }, this.heading, this.told, this.state);
  }

  paint(stage) {
    this.heading.textContent = stage === "finished" ? "Handed over" : "The time is up";
    const done = stage === "finished" ? "Your answers are ready to be submitted, and can no longer be changed." : "The exam is locked, and your answers can no longer be changed.";
    this.told.textContent = `${done} Now submit the exam as your instructor told you.`;
  }

  tell(saver) {
    const { loud, text } = savingWords(saver);
    this.state.textContent = text;
    this.state.hidden = !text;
    this.state.classList.toggle("cbx-alert", loud);
  }
}
