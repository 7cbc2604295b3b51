// The workbench: one case with its questions.  The same module runs on a page of the book and in JupyterLab;
// `model` is the host's side of it.

import { codeIndex } from "./codes.js";
import { showCase } from "./documents.js";
import { announcer, h } from "./dom.js";
import { ItemView } from "./items.js";
import { Results } from "./results.js";

const GRADED = "Your answers are saved as you work. Your instructor grades them after you submit the assignment.";

class Workbench {
  constructor(model, el) {
    this.model = model;
    this.case = model.get("case");
    this.answers = { ...(model.get("answers") || {}) };
    this.practice = model.get("mode") === "practice";
    this.voice = announcer();
    this.results = new Results();
    this.status = h("p", { class: "cbp-status", role: "status" });
    this.views = this.case.items.map((item, at) => this.#view(item, at + 1));
    this.root = h("div", { class: "cbp", "data-lm-suppress-shortcuts": "true" }, h("div", { class: "cbp-sides" }, showCase(this.case), this.#answers()));
    // JupyterLab and the book's theme have one-key shortcuts that must not fire while somebody types an answer.
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    el.append(this.root);
    this.#listen();
    this.#restore();
    this.#tell();
    if (model.get("result")) this.#paint();
  }

  #view(item, number) {
    return new ItemView(item, number, {
      first: this.case.care === "inpatient" ? "Principal" : "First-listed",
      load: () => codeIndex(this.model),
      say: this.voice.say,
      changed: (id, answer) => this.#changed(id, answer),
    });
  }

  #answers() {
    this.button = h("button", { type: "button", class: "cbp-check", onclick: () => this.#check() }, "Check my answers");
    return h(
      "div",
      { class: "cbp-work" },
      this.results.element,
      this.views.map((view) => view.element),
      h("div", { class: "cbp-end" }, this.practice ? this.button : h("p", {}, GRADED), this.status),
      this.voice.element,
    );
  }

  #listen() {
    const handlers = {
      "change:result": () => this.#paint(),
      "change:status": () => this.#tell(),
      "change:answers": () => this.#restore(),
    };
    for (const [name, handler] of Object.entries(handlers)) this.model.on(name, handler);
    this.close = () => {
      this.#flush();
      for (const [name, handler] of Object.entries(handlers)) this.model.off(name, handler);
    };
  }

  #restore() {
    const answers = this.model.get("answers") || {};
    for (const view of this.views) {
      const same = JSON.stringify(answers[view.id] ?? null) === JSON.stringify(this.shown?.[view.id] ?? null);
      if (!same || !this.shown) view.answer = answers[view.id];
    }
    this.answers = { ...answers };
    this.shown = this.answers;
    this.#compare();
  }

  #changed(id, answer) {
    this.answers = { ...this.answers };
    if (answer) this.answers[id] = answer;
    else delete this.answers[id]; // taken back
    this.shown = this.answers;
    this.model.set("answers", this.answers);
    this.model.save_changes();
    this.#compare();
  }

  #flush() {
    for (const view of this.views) view.flush();
  }

  #check() {
    this.#flush();
    this.asked = (this.model.get("check") || 0) + 1;
    this.pending = this.answers;
    this.button.setAttribute("aria-disabled", "true");
    this.status.textContent = "Checking …";
    this.model.set("check", this.asked);
    this.model.save_changes();
  }

  #paint() {
    const result = this.model.get("result");
    if (!result || (this.asked && result.check !== this.asked)) return;
    this.button.removeAttribute("aria-disabled");
    if (this.status.textContent === "Checking …") this.#tell();
    this.results.paint(result, this.views);
    for (const view of this.views) view.paint(result.error ? null : result.items[view.id]);
    this.checked = result.error ? null : (this.pending ?? this.answers);
    this.#compare();
    if (this.pending) this.results.focus();
    this.pending = null;
  }

  /** Mark what was changed after the check as out of date. */
  #compare() {
    if (!this.checked) return;
    let any = false;
    for (const view of this.views) {
      const stale = JSON.stringify(this.answers[view.id] ?? null) !== JSON.stringify(this.checked[view.id] ?? null);
      view.markStale(stale);
      any ||= stale;
    }
    if (any && this.results.stale.hidden) this.voice.say("The result is out of date: you changed an answer.");
    this.results.markStale(any);
  }

  #tell() {
    this.status.textContent = this.model.get("status") || "";
  }
}

function render({ model, el }) {
  const workbench = new Workbench(model, el);
  return () => workbench.close();
}

export default { render };
