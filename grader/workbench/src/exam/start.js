// Before the exam: what to know, and the opening code.

import { h, newId } from "../dom.js";
import { inMinutes, moment } from "./clock.js";

const listed = (minutes) => {
  const all = [...minutes].sort((one, other) => other - one);
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)} minutes` : inMinutes(all[0]);
};

/** What to know before the start, one sentence or two each. */
export function facts({ minutes, warnings, over, opens, closes, late }) {
  const told = warnings.filter((each) => each < minutes);
  const end = "At the end the exam locks itself, with what you typed until then.";
  const close = late === "void" ? "does not count" : "is marked as late";
  return [
    `You have ${inMinutes(minutes)} from the moment you press Start. The clock runs on if you close the page.`,
    told.length ? `You are told when ${listed(told)} are left. ${end}` : end,
    `An exam that is worked on for longer, in whatever way, ${over === "void" ? "does not count" : "is marked as having taken too long"}.`,
    `The exam is open from ${moment(opens)} to ${moment(closes)}. Submit it before it closes: what is handed in later ${close}.`,
    "Your answers are saved at every change. If the page or the machine fails, open this notebook again, press ▶▶ and type your code again: you go on where you were.",
    "Nothing is checked during the exam. You can go back to every encounter and change your answers until you hand over.",
    "Everything works with the keyboard alone.",
  ];
}

export class StartView {
  /** `begin` takes the code. */
  constructor(form, begin) {
    Object.assign(this, { form, begin });
    const [field, hint] = [newId(), newId()];
    this.heading = h("h2", { tabindex: "-1" }, "Before you begin");
    this.notice = h("p", { class: "cbx-notice", hidden: true });
    this.input = h("input", {
      id: field, class: "cbp-input cbx-code", type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
      maxlength: "60", "aria-describedby": hint, onkeydown: (event) => event.key === "Enter" && !event.isComposing && this.#begin(),
    });
    this.button = h("button", { type: "button", class: "cbp-check", onclick: () => this.#begin() }, "Start");
    this.alert = h("p", { class: "cbx-alert", role: "alert" });
    this.element = h(
      "section",
      { class: "cbx-start" },
      this.heading,
      form.introduction.trim().split(/\n\s*\n/).map((paragraph) => h("p", {}, paragraph)),
      h("ul", { class: "cbx-facts" }, facts(form).map((fact) => h("li", {}, fact))),
      this.notice,
      h("label", { for: field, class: "cbp-label" }, "Your opening code"),
      h("p", { id: hint, class: "cbp-hint" }, "16 letters and digits, as your instructor gave it to you. Capitals, blanks and hyphens do not matter."),
      h("div", { class: "cbx-row" }, this.input, this.button),
      this.alert,
    );
  }

  /** Show how far the sitting is, and why it could not be begun. */
  paint({ stage, left, words }) {
    const { opens, closes } = this.form;
    const waits = {
      early: `The exam is not open yet. It opens on ${moment(opens)}. Come back then and press Start.`,
      closed: `The exam has closed. It was open until ${moment(closes)}. Ask your instructor what to do.`,
      ready: this.#isShort() ? `The exam closes in ${inMinutes(this.#untilClose())}, so you have no more time than that.` : "",
      away: `You have begun already, and the clock is running: ${inMinutes(Math.ceil(left / 60))} left. Your answers are kept. Type your code to go on.`,
    };
    this.notice.textContent = waits[stage] || "";
    this.notice.hidden = !waits[stage];
    this.button.textContent = stage === "away" ? "Go on" : "Start";
    const refused = this.asked && (stage === "early" || stage === "closed") ? waits[stage] : words;
    this.#alert(refused || "");
    this.asked = false;
    this.button.removeAttribute("aria-disabled");
  }

  #untilClose() {
    return Math.max(0, Math.floor((Date.parse(this.form.closes) - Date.now()) / 60_000));
  }

  #isShort() {
    return this.form.late === "void" && this.#untilClose() < this.form.minutes;
  }

  #begin() {
    if (this.button.getAttribute("aria-disabled")) return;
    if (!this.input.value.trim()) {
      this.#alert("Type your opening code first.");
      this.input.focus();
      return;
    }
    this.asked = true;
    this.alert.textContent = "Opening …";
    this.button.setAttribute("aria-disabled", "true");
    this.begin(this.input.value);
  }

  /** The notebook did not answer. */
  fail(words) {
    this.#alert(words);
    this.button.removeAttribute("aria-disabled");
  }

  #alert(words) {
    this.alert.textContent = words;
    if (words && this.element.isConnected) this.alert.scrollIntoView({ block: "nearest" });
  }
}
