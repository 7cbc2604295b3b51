// Answers that are typed are saved at the next pause, not at every key.

const PAUSE = 400; // milliseconds without typing

export class Later {
  constructor(act) {
    this.act = act;
    this.waiting = null;
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), PAUSE);
  }

  /** Do now what waits for the pause; nothing if nothing waits. */
  now() {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.act();
  }
}
