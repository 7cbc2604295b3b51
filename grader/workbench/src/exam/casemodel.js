// One encounter of an exam as the workbench knows it: get, set, on, off, save_changes, send.

import { same } from "./kept.js";

export class CaseModel {
  #values;
  #listeners = new Map();

  /** `host` is the notebook's side of the exam; `changed` takes a question and its answer, null where it was taken back. */
  constructor(host, data, answers, changed) {
    Object.assign(this, { host, changed });
    this.#values = { case: data, answers, mode: "graded", status: "" };
    this.before = answers;
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
  }

  /** The list of codes comes by message; all else of the exam is not the workbench's. */
  on(name, listener) {
    if (name === "msg:custom") this.host.on(name, listener);
    else this.#listeners.set(name, listener);
  }

  off(name, listener) {
    if (name === "msg:custom") this.host.off(name, listener);
    else this.#listeners.delete(name);
  }

  send(content) {
    this.host.send(content);
  }

  save_changes() {
    const answers = this.get("answers");
    for (const { id } of this.get("case").items) {
      if (!same(answers[id], this.before[id])) this.changed(id, answers[id] ?? null, this.before[id]);
    }
    this.before = answers;
  }

  /** Answers came from another notebook or tab. */
  tell(answers) {
    this.before = answers;
    this.set("answers", answers);
    this.#listeners.get("change:answers")?.();
  }
}
