// The diagnostic quiz: asks all questions, then says which lessons to take and which may be skipped.

import { counted, h } from "./dom.js";
import { update } from "./store.js";

class Quiz {
  constructor(questions, result) {
    this.questions = questions;
    this.result = result;
    this.links = document.querySelector("template.diagnostic-lessons").content;
    this.show = h("button", { type: "button", class: "diagnostic-show", onclick: () => this.finish() }, "Show my lessons");
    this.reminder = h("div", { role: "status" });
    result.before(h("p", { class: "progress-buttons" }, this.show), this.reminder);
    for (const question of questions) question.querySelector("details").hidden = true;
  }

  picked(question) {
    return question.querySelector("input:checked")?.value ?? null;
  }

  finish() {
    const open = this.questions.map((question, at) => (this.picked(question) === null ? at + 1 : 0)).filter(Boolean);
    if (open.length) return this.remind(open);
    const wrong = this.questions.filter((question) => this.picked(question) !== question.dataset.right);
    for (const question of this.questions) this.answer(question, !wrong.includes(question));
    const take = [...new Set(wrong.map((question) => question.dataset.lesson))];
    update((data) => { data.suggested = take; });
    this.tell(take);
  }

  remind(open) {
    this.reminder.replaceChildren(h("p", {}, `${open.length === 1 ? "This question waits" : "These questions wait"} for an answer: ${open.join(", ")}. Choose “I am not sure” where you do not know.`));
    this.questions[open[0] - 1].querySelector("input").focus();
  }

  answer(question, right) {
    const details = question.querySelector("details");
    details.hidden = false;
    question.querySelector(".question-mark")?.remove();
    question.querySelector("legend").append(h("span", { class: `question-mark ${right ? "right" : "wrong"}` }, right ? " ✓ right" : " → see the lesson"));
  }

  tell(take) {
    const all = [...this.links.querySelectorAll("li")];
    const list = (chosen) => h("ol", {}, chosen.map((item) => item.cloneNode(true)));
    const [needed, known] = [all.filter((item) => take.includes(item.dataset.lesson)), all.filter((item) => !take.includes(item.dataset.lesson))];
    const skipped = known.length ? [h("details", { class: "check" }, h("summary", {}, `You may skip ${counted(known.length, "lesson")}`), h("div", { class: "check-answer" }, list(known)))] : [];
    const head = h("h2", { tabindex: "-1" }, needed.length ? `Take ${counted(needed.length, "lesson")}` : "You know it all");
    const text = needed.length ? "These are the lessons whose question you missed. The answers now stand under the questions." : "Try the practice cases, and read a lesson where a case surprises you.";
    const care = "New to this work? One right answer is not a lesson. Take a path from “Choose your path” from start to end, and read the lessons of this list twice.";
    this.reminder.replaceChildren();
    this.result.hidden = false;
    this.result.replaceChildren(head, h("p", {}, text), h("p", {}, care), ...(needed.length ? [list(needed)] : []), ...skipped);
    head.focus();
  }
}

export function start() {
  const questions = [...document.querySelectorAll("fieldset.question")];
  const result = document.querySelector(".diagnostic-result");
  if (questions.length && result) new Quiz(questions, result);
}
