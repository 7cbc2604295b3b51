// An exam in JupyterLab: the start, the desk with its encounters, and the end.  The notebook's Python opens the form,
// keeps the answers and has the clock; this page asks it by messages and shows what it says.

import { announcer, h } from "../dom.js";
import { fits } from "../fits.js";
import { Bar } from "./bar.js";
import { Countdown, inMinutes } from "./clock.js";
import { EncounterView } from "./encounter.js";
import { Kept, newer } from "./kept.js";
import { Places } from "./places.js";
import { NO_ANSWER, Saver } from "./saver.js";
import { StartView } from "./start.js";
import { EndView, SummaryView } from "./summary.js";

const BEAT = 1000;
const LOOK = 20; // beats between two looks at the notebook's clock
const PATIENCE = 5; // beats without an answer
const PRESS = "Press ▶▶ above (restart the kernel and run all cells).";
const UNDER_WAY = new Set(["open", "over", "finished"]);

class Desk {
  constructor(model, el) {
    Object.assign(this, { model, form: model.get("form"), page: Math.random().toString(36).slice(2), beats: 0, stage: "" });
    Object.assign(this, { answers: {}, cases: null, view: null, handing: false });
    this.kept = new Kept(this.form.assignment);
    this.voice = announcer();
    this.saver = new Saver({ send: (message) => this.#send(message), kept: this.kept, tell: () => this.#tell() });
    this.clock = new Countdown({ warnings: this.form.warnings, warn: (minutes) => this.#warn(minutes), end: () => this.#end("over") });
    this.body = h("div", { class: "cbx-body" }, h("p", { class: "cbx-notice" }, "The exam is loading …"));
    this.root = h("div", { class: "cbp cbx", "data-lm-suppress-shortcuts": "true" }, this.body, this.voice.element);
    // JupyterLab has one-key shortcuts that must not fire while somebody types an answer.
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    el.append(this.root);
    this.#listen();
    this.#ask({ kind: "hello" });
  }

  #listen() {
    const heard = (message) => this.#heard(message);
    const leaving = (event) => {
      this.view?.flush();
      this.saver.pump(true);
      if (this.saver.pending.size) event.preventDefault(); // the browser asks whether to leave
    };
    const hidden = () => {
      if (document.visibilityState !== "hidden") return;
      this.view?.flush();
      this.saver.pump(true);
    };
    this.model.on("msg:custom", heard);
    addEventListener("beforeunload", leaving);
    document.addEventListener("visibilitychange", hidden);
    const beat = setInterval(() => this.#beat(), BEAT);
    this.close = () => {
      clearInterval(beat);
      this.#leave();
      this.saver.pump(true);
      this.model.off("msg:custom", heard);
      removeEventListener("beforeunload", leaving);
      document.removeEventListener("visibilitychange", hidden);
    };
  }

  #send(message) {
    this.model.send({ ...message, from: this.page });
  }

  /** Ask the notebook; where there is no connection, the answer that does not come says so. */
  #ask(message) {
    try {
      this.#send(message);
    } catch {
      // see above
    }
  }

  #heard(message) {
    if (!message || typeof message !== "object") return;
    const mine = message.from === this.page;
    if (message.left !== undefined && this.stage === "open") this.clock.set(message.left);
    if (message.kind === "state" && (mine || !message.from)) this.#state(message);
    else if (message.kind === "saved" && mine) this.saver.saved(message);
    else if (message.kind === "saved") this.#take({ ...this.answers, ...message.items });
    else if (message.kind === "answers") this.#take(message.answers);
    else if (message.kind === "unsaved" && mine) this.saver.unsaved(message);
    else if (message.kind === "refused" && mine) this.saver.refused(message);
  }

  #beat() {
    this.beats += 1;
    this.saver.beat();
    this.clock.beat();
    this.bar?.tick(this.clock.left);
    if (!this.stage && this.beats % PATIENCE === 0) {
      this.body.replaceChildren(h("p", { class: "cbx-notice", role: "alert" }, `${NO_ANSWER} ${PRESS}`));
      this.#ask({ kind: "hello" });
    }
    if (this.beats === this.beginAgain) {
      this.start.fail(`${NO_ANSWER} ${PRESS}`);
    }
    if (this.handing && this.beats % PATIENCE === 0) this.#handOver();
    if (UNDER_WAY.has(this.stage) && !this.confirmed && this.beats % LOOK === 0) this.#ask({ kind: "look" });
  }

  /** How far the notebook says the sitting is. */
  #state(message) {
    this.beginAgain = null;
    if (message.stage === "over" || message.stage === "finished") {
      this.confirmed = true; // the record has it
      this.#end(message.stage, message.saved);
    } else if (this.stage === "over" || this.stage === "open") {
      if (message.words) this.bar?.fail(message.words);
    } else if (message.stage === "open") {
      this.#open(message);
    } else {
      this.#start(message);
    }
  }

  #start(message) {
    if (!this.start) {
      this.start = new StartView(this.form, (code) => {
        this.beginAgain = this.beats + 2 * PATIENCE;
        this.began = true;
        this.#ask({ kind: "begin", code });
      });
      this.body.replaceChildren(this.start.element);
    }
    this.stage = message.stage;
    this.start.paint(message);
  }

  #open(message) {
    if (!message.cases) return this.#ask({ kind: "hello" });
    this.stage = "open";
    this.clock.set(message.left);
    this.cases = message.cases;
    this.saver.savedAt = message.saved;
    const kept = this.kept.read();
    this.marks = new Set(kept.marks);
    this.answers = { ...message.answers };
    this.#build();
    this.#mergeKept(kept.answers, message);
    const at = Math.min(Math.max(0, kept.place), this.cases.length - 1);
    this.#show(at, this.began);
  }

  /** What this browser kept and the notebook has not got: as the page left it when something failed. */
  #mergeKept(kept, { saved }) {
    const items = new Map(this.cases.flatMap(({ items }) => items.map((item) => [item.id, item])));
    const counts = newer(kept, this.answers, saved);
    for (const [id, { answer } = {}] of Object.entries(kept)) if (!(id in counts)) this.kept.drop(id, answer);
    for (const [id, answer] of Object.entries(counts)) {
      if (items.has(id) && (answer === null || fits(items.get(id), answer))) this.#changed(id, answer, this.answers[id]);
      else this.kept.drop(id, answer);
    }
  }

  #build() {
    this.bar = new Bar({ urgent: Math.min(5, this.form.minutes / 4), finish: () => this.#finish() });
    this.places = new Places(this.cases, (at) => this.#show(at, true));
    this.main = h("div", { class: "cbx-main" });
    this.body.replaceChildren(this.bar.element, this.places.element, this.main);
    this.bar.tick(this.clock.left);
    this.#tell();
  }

  #show(at, focus) {
    this.#leave();
    this.at = at;
    this.handing = false;
    const data = this.cases[at];
    this.view = new EncounterView({
      host: this.model, data, at, of: this.cases.length, answers: this.#of(data), marked: this.marks.has(data.id),
      changed: (...change) => this.#changed(...change),
      mark: (on) => this.#mark(data.id, on),
      go: (by) => this.#show(at + by, true),
      finish: () => this.#finish(),
    });
    this.main.replaceChildren(this.view.element);
    this.kept.look(this.marks, at);
    this.#paint();
    if (focus) this.#focus(this.view.heading);
  }

  #of(data) {
    const own = data.items.filter(({ id }) => this.answers[id]).map(({ id }) => [id, this.answers[id]]);
    return Object.fromEntries(own);
  }

  /** Leave an encounter, with what was typed last. */
  #leave() {
    const { view } = this;
    this.view = null;
    view?.close();
  }

  #changed(id, answer, before) {
    if (answer === null) delete this.answers[id];
    else this.answers[id] = answer;
    this.saver.put(id, answer, before);
    this.#paint();
  }

  /** Answers as another notebook or tab has left them; what waits here is newer. */
  #take(answers) {
    if (this.stage !== "open") return;
    const waiting = [...this.saver.pending];
    this.answers = Object.fromEntries(Object.entries({ ...answers, ...Object.fromEntries(waiting) }).filter(([, answer]) => answer));
    this.view?.model.tell(this.#of(this.cases[this.at]));
    this.#paint();
  }

  #mark(id, on) {
    if (on) this.marks.add(id);
    else this.marks.delete(id);
    this.kept.look(this.marks, this.at);
    this.#paint();
  }

  #paint() {
    this.places.paint(this.answers, this.marks, this.view ? this.at : -1);
  }

  #warn(minutes) {
    const text = `${inMinutes(minutes)} left.`;
    this.voice.say(text);
    this.bar?.warn(text);
  }

  #finish() {
    this.#leave();
    this.saver.pump(true);
    const summary = new SummaryView({
      cases: this.cases, answers: this.answers, marks: this.marks,
      go: (at) => this.#show(at, true),
      back: () => this.#show(this.at, true),
      hand: () => this.#handOver(),
    });
    this.main.replaceChildren(summary.element);
    this.#paint();
    this.#focus(summary.heading);
  }

  /** Hand over once every answer is saved; asked again until the notebook says so. */
  #handOver() {
    this.handing = true;
    this.voice.say("Handing over …");
    this.saver.pump(true);
    if (!this.saver.pending.size) this.#ask({ kind: "finish" });
  }

  /** The end came while this page was closed: what it had kept may still arrive within the grace. */
  #sendKept(saved) {
    for (const [id, answer] of Object.entries(newer(this.kept.read().answers, {}, saved))) this.saver.put(id, answer);
  }

  #end(stage, saved = "") {
    if (this.end && this.stage === stage) return;
    const running = this.stage === "open";
    this.#leave();
    if (!this.cases && stage === "over") this.#sendKept(saved);
    this.saver.pump(true);
    this.handing = false;
    this.stage = stage;
    this.end ??= new EndView();
    this.end.paint(stage);
    this.bar = null;
    this.body.replaceChildren(this.end.element);
    if (running) this.#focus(this.end.heading);
    if (!this.confirmed) this.#ask({ kind: "look" });
    this.#tell();
  }

  #tell() {
    if (this.wasTrouble && !this.saver.trouble && !this.saver.lost) this.voice.say("Your answers are saved again.");
    this.wasTrouble = Boolean(this.saver.trouble);
    this.bar?.tell(this.saver);
    this.end?.tell(this.saver);
    if (this.end && !this.saver.pending.size) this.kept.forget();
    if (this.handing && !this.saver.pending.size) this.#ask({ kind: "finish" });
  }

  #focus(heading) {
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  }
}

function render({ model, el }) {
  const desk = new Desk(model, el);
  return () => desk.close();
}

export default { render };
