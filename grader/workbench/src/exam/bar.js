// The bar on top of the desk: time left, whether all is saved, and the way to the end.

import { h } from "../dom.js";
import { clockTime, timeLeft } from "./clock.js";

const LOUD = "NOT saved yet.";
const KEPT = "Your last answers are kept in this browser and sent again every few seconds. Leave this page open. If this stays, press ▶▶ above and type your code again.";
const UNKEPT = "This browser cannot keep them either: leave this page open, and call your instructor now.";

/** What to tell about saving: `loud` where something is not safe. */
export function savingWords({ trouble, pending, savedAt, isKept, lost }) {
  if (lost) return { loud: true, text: lost };
  if (trouble) return { loud: true, text: `${LOUD} ${trouble} ${isKept ? KEPT : UNKEPT}` };
  if (pending.size) return { loud: false, text: "Saving …" };
  return { loud: false, text: savedAt ? `Saved at ${clockTime(savedAt)}` : "" };
}

export class Bar {
  /** `finish` is called by the button. */
  constructor({ urgent, finish }) {
    this.urgent = urgent * 60;
    this.time = h("p", { class: "cbx-time", role: "timer" });
    this.state = h("p", { class: "cbx-saved" });
    this.alert = h("p", { class: "cbx-alert", role: "alert" });
    this.notice = h("p", { class: "cbx-warned", hidden: true }); // read out elsewhere
    this.button = h("button", { type: "button", class: "cbp-small cbx-finish", onclick: finish }, "Finish …");
    this.element = h("div", { class: "cbx-bar" }, h("div", { class: "cbx-row" }, this.time, this.state, this.button), this.notice, this.alert);
  }

  tick(left) {
    if (left === Infinity) return;
    const text = timeLeft(left);
    if (this.time.textContent !== text) this.time.textContent = text;
    this.time.classList.toggle("cbx-urgent", left <= this.urgent);
  }

  /** Show for a minute that little time is left. */
  warn(text) {
    clearTimeout(this.shown);
    this.notice.textContent = text;
    this.notice.hidden = false;
    this.shown = setTimeout(() => (this.notice.hidden = true), 60_000);
  }

  fail(words) {
    this.alert.textContent = words;
  }

  tell(saver) {
    const { loud, text } = savingWords(saver);
    this.state.textContent = loud ? "" : text;
    if (this.alert.textContent !== (loud ? text : "")) this.alert.textContent = loud ? text : "";
  }
}
