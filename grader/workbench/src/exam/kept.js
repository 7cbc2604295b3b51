// What this browser keeps of a sitting: answers that the notebook has not acknowledged, marks, and the place.

const PREFIX = "coding-back-pain/exam/";

export class Kept {
  constructor(form) {
    this.key = PREFIX + form;
  }

  /** All of it: `answers` by question with the answer, what stood there `before`, and when it was `typed`. */
  read() {
    try {
      const { answers = {}, marks = [], place = 0 } = JSON.parse(localStorage.getItem(this.key)) || {};
      return { answers: isRecord(answers) ? answers : {}, marks: Array.isArray(marks) ? marks : [], place: Number(place) || 0 };
    } catch {
      return { answers: {}, marks: [], place: 0 };
    }
  }

  /** Keep an answer; false where this browser keeps nothing.  Another tab may have kept others. */
  put(id, answer, before, typed) {
    return this.#change((kept) => {
      kept.answers[id] = { answer, before: kept.answers[id] ? kept.answers[id].before : before, typed };
    });
  }

  /** An answer is safe elsewhere: forget it, unless it has been changed since. */
  drop(id, answer) {
    this.#change((kept) => {
      if (kept.answers[id] && same(kept.answers[id].answer, answer)) delete kept.answers[id];
    });
  }

  look(marks, place) {
    this.#change((kept) => Object.assign(kept, { marks: [...marks], place }));
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }

  #change(act) {
    try {
      const kept = this.read();
      act(kept);
      localStorage.setItem(this.key, JSON.stringify(kept));
      return true;
    } catch {
      return false; // storage full or forbidden
    }
  }
}

const isRecord = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);

export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * Which of the kept answers count when a sitting is taken up again: those typed on what the notebook still has, and those
 * newer than its last save.  The others were overtaken from elsewhere.
 */
export function newer(kept, answers, savedAt) {
  const saved = savedAt ? Date.parse(savedAt) : 0;
  const counts = ([id, { before, typed }]) => same(before, answers[id]) || typed > saved;
  return Object.fromEntries(Object.entries(kept).filter(([, each]) => isRecord(each)).filter(counts).map(([id, { answer }]) => [id, answer]));
}
