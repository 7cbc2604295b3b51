// Every change goes to the notebook, and counts as saved only when the notebook says so.

import { same } from "./kept.js";

const PACE = 1500; // milliseconds between two saves
const PATIENCE = 5000; // milliseconds without an answer

export const NO_ANSWER = "The notebook does not answer.";

/** Half a character, and NUL, cannot be written to any file. */
export function wellFormed(value) {
  if (typeof value === "string") return value.replace(/[\ud800-\udfff]/gu, "\ufffd").replaceAll("\0", "");
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, wellFormed(each)]));
  return value;
}

export class Saver {
  /** `send` takes a message, `kept` keeps what is not acknowledged, `tell` is called at every change of the state. */
  constructor({ send, kept, tell, now = () => Date.now() }) {
    Object.assign(this, { send, kept, tell, now, pending: new Map(), flight: null, number: 0, sentAt: -Infinity });
    Object.assign(this, { savedAt: "", trouble: "", lost: "", isKept: true });
  }

  /** Take an answer, `null` where it was taken back. */
  put(id, answer, before) {
    const sound = wellFormed(answer) ?? null;
    this.pending.set(id, sound);
    this.isKept = this.kept.put(id, sound, before ?? null, this.now());
    this.tell();
    this.pump();
  }

  /** Send what waits; at once when it is urgent. */
  pump(urgent = false) {
    if (this.flight || !this.pending.size) return;
    if (!urgent && this.now() - this.sentAt < PACE) return; // the next beat sends it
    this.flight = { number: ++this.number, since: this.now() };
    this.sentAt = this.now();
    try {
      this.send({ kind: "save", number: this.number, items: Object.fromEntries(this.pending) });
    } catch {
      // no connection: the answer that does not come says so
    }
  }

  /** Once a second: send what waited, and again what was not answered. */
  beat() {
    if (this.flight && this.now() - this.flight.since >= PATIENCE) {
      this.flight = null;
      this.#trouble(NO_ANSWER);
    }
    this.pump();
  }

  saved({ number, at, items }) {
    for (const [id, answer] of Object.entries(items)) {
      if (this.pending.has(id) && same(this.pending.get(id), answer)) this.pending.delete(id);
      this.kept.drop(id, answer);
    }
    if (this.flight?.number === number) this.flight = null;
    Object.assign(this, { savedAt: at, trouble: "" });
    this.tell();
    this.pump();
  }

  /** The notebook could not save: go on trying. */
  unsaved({ number, words }) {
    if (this.flight?.number !== number) return;
    this.flight = null;
    this.sentAt = this.now() + PATIENCE - PACE;
    this.#trouble(words);
  }

  /** The time for answers is over: nothing more is sent. */
  refused({ words }) {
    for (const [id, answer] of this.pending) this.kept.drop(id, answer);
    this.pending.clear();
    this.flight = null;
    this.lost = words;
    this.#trouble("");
  }

  #trouble(words) {
    this.trouble = words;
    this.tell();
  }
}
