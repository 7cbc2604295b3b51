// The exam's page: saving, what the browser keeps, the clock, and what is said of progress.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { savingWords } from "../../grader/workbench/src/exam/bar.js";
import { CaseModel } from "../../grader/workbench/src/exam/casemodel.js";
import { Countdown, timeLeft } from "../../grader/workbench/src/exam/clock.js";
import { Kept, newer } from "../../grader/workbench/src/exam/kept.js";
import { caseState, itemState } from "../../grader/workbench/src/exam/progress.js";
import { Saver, wellFormed } from "../../grader/workbench/src/exam/saver.js";
import { facts } from "../../grader/workbench/src/exam/start.js";
import { lacking } from "../../grader/workbench/src/exam/summary.js";

const [NOTE, CODES] = ["enc-1/note", "enc-1/codes"];
let stored, sent, now, saver, kept;

beforeEach(() => {
  stored = new Map();
  globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
    removeItem: (key) => stored.delete(key),
  };
  [sent, now] = [[], 100_000];
  kept = new Kept("form-1");
  saver = new Saver({ send: (message) => sent.push(structuredClone(message)), kept, tell: () => {}, now: () => now });
});

const words = () => savingWords(saver);
const acknowledge = (message, at = "2026-11-02T10:32:00+00:00") => saver.saved({ number: message.number, at, items: message.items });

test("an answer counts as saved only when the notebook says so", () => {
  saver.put(NOTE, { text: "Pain" }, undefined);
  assert.deepEqual(sent[0].items, { [NOTE]: { text: "Pain" } });
  assert.equal(words().text, "Saving …");
  assert.deepEqual(kept.read().answers[NOTE].answer, { text: "Pain" });
  acknowledge(sent[0]);
  assert.match(words().text, /^Saved at \d\d:\d\d$/);
  assert.deepEqual(kept.read().answers, {});
});

test("what was typed while a save was under way is sent after it, and not forgotten", () => {
  saver.put(NOTE, { text: "Pain" });
  saver.put(NOTE, { text: "Pain for a week" });
  assert.equal(sent.length, 1);
  acknowledge(sent[0]);
  assert.equal(kept.read().answers[NOTE].answer.text, "Pain for a week");
  now += 2000;
  saver.beat();
  assert.deepEqual(sent[1].items, { [NOTE]: { text: "Pain for a week" } });
  acknowledge(sent[1]);
  assert.deepEqual([saver.pending.size, kept.read().answers], [0, {}]);
});

test("without an answer within five seconds it is said aloud, and tried again until one comes", () => {
  saver.put(NOTE, { text: "Pain" });
  now += 4000;
  saver.beat();
  assert.equal(words().loud, false);
  for (const tries of [2, 3, 4]) {
    now += 5000;
    saver.beat();
    assert.equal(sent.length, tries);
    assert.match(words().text, /^NOT saved yet\..*does not answer.*kept in this browser/);
  }
  acknowledge(sent[3]);
  assert.equal(words().loud, false);
});

test("a late answer to an earlier try counts", () => {
  saver.put(NOTE, { text: "Pain" });
  now += 6000;
  saver.beat();
  acknowledge(sent[0]);
  assert.equal(saver.pending.size, 0);
});

test("a save that failed is said aloud, and tried again after a while", () => {
  saver.put(NOTE, { text: "Pain" });
  saver.unsaved({ number: 1, words: "The disk is full." });
  assert.match(words().text, /NOT saved yet. The disk is full\./);
  now += 1000;
  saver.beat();
  assert.equal(sent.length, 1);
  now += 5000;
  saver.beat();
  assert.equal(sent.length, 2);
});

test("a connection that is gone is no error", () => {
  saver.send = () => {
    throw new Error("comm is closed");
  };
  saver.put(NOTE, { text: "Pain" });
  now += 5000;
  saver.beat();
  assert.match(words().text, /NOT saved yet/);
});

test("a browser that keeps nothing says that too", () => {
  globalThis.localStorage.setItem = () => {
    throw new Error("full");
  };
  saver.put(NOTE, { text: "Pain" });
  now += 5000;
  saver.beat();
  assert.match(words().text, /cannot keep them either/);
});

test("what was refused is not sent again, and it is said", () => {
  saver.put(NOTE, { text: "Pain" });
  saver.refused({ words: "The time is up." });
  now += 60_000;
  saver.beat();
  assert.equal(sent.length, 1);
  assert.deepEqual(words(), { loud: true, text: "The time is up." });
  assert.deepEqual(kept.read().answers, {});
});

test("half a character and NUL do not stop a save", () => {
  assert.deepEqual(wellFormed({ text: "a\ud800b\0c 🦴", codes: ["M54.50"] }), { text: "a\ufffdbc 🦴", codes: ["M54.50"] });
  assert.equal(wellFormed(null), null);
});

test("two tabs keep their answers side by side", () => {
  const other = new Kept("form-1");
  kept.put(NOTE, { text: "one" }, null, 1);
  other.put(CODES, { codes: ["M54.50"] }, null, 2);
  kept.drop(NOTE, { text: "older" });
  assert.deepEqual(Object.keys(kept.read().answers), [NOTE, CODES]);
  kept.look(new Set(["enc-1"]), 3);
  assert.deepEqual([kept.read().marks, kept.read().place, Object.keys(kept.read().answers).length], [["enc-1"], 3, 2]);
  kept.forget();
  assert.deepEqual(kept.read(), { answers: {}, marks: [], place: 0 });
});

test("whatever stands in the browser's store, the desk opens", () => {
  for (const text of ["{broken", "null", "7", '{"answers": [], "marks": 5, "place": "x"}']) {
    stored.set("coding-back-pain/exam/form-1", text);
    assert.deepEqual(kept.read(), { answers: {}, marks: [], place: 0 });
  }
});

test("of what was kept, what was overtaken from elsewhere does not come back", () => {
  const saved = "2026-11-02T10:00:00+00:00";
  const [early, late] = [Date.parse(saved) - 1000, Date.parse(saved) + 1000];
  const one = (before, typed) => newer({ [NOTE]: { answer: { text: "kept" }, before, typed } }, { [NOTE]: { text: "there" } }, saved);
  assert.deepEqual(one({ text: "there" }, early), { [NOTE]: { text: "kept" } }); // nobody has changed it since
  assert.deepEqual(one({ text: "old" }, late), { [NOTE]: { text: "kept" } }); // newer than the last save
  assert.deepEqual(one({ text: "old" }, early), {});
  assert.deepEqual(newer({ [NOTE]: 5 }, {}, ""), {});
});

test("the time left is in minutes, and in seconds at the end", () => {
  const said = { 7200: "2 h left", 7140: "1 h 59 min left", 3601: "1 h 1 min left", 3540: "59 min left", 301: "6 min left", 300: "5:00 left", 61: "1:01 left", 0: "0:00 left" };
  for (const [seconds, text] of Object.entries(said)) assert.equal(timeLeft(Number(seconds)), text);
});

test("each warning is given once, and the end once", () => {
  const heard = [];
  const clock = new Countdown({ warnings: [30, 10, 5], warn: (m) => heard.push(m), end: () => heard.push("end"), now: () => now });
  clock.beat();
  clock.set(31 * 60);
  for (let second = 0; second < 32 * 60; second += 1) {
    now += 1000;
    clock.beat();
  }
  clock.set(0);
  clock.beat();
  assert.deepEqual(heard, [30, 10, 5, "end"]);
});

test("warnings that passed before the page was opened are not given, and a laptop that slept hears the last", () => {
  const heard = [];
  const clock = new Countdown({ warnings: [30, 10, 5], warn: (m) => heard.push(m), end: () => {}, now: () => now });
  clock.set(20 * 60);
  clock.beat();
  now += 16 * 60_000;
  clock.beat();
  assert.deepEqual(heard, [5]);
});

test("an answer is an answer when there is something in it", () => {
  const match = { kind: "match", prompts: [{}, {}] };
  const audit = { kind: "audit", coded: ["M54.50", "I10"] };
  const cases = [
    [{ kind: "assign-codes" }, { codes: [] }, "none"], [{ kind: "assign-codes" }, { codes: ["I10"] }, "all"],
    [{ kind: "documentation" }, { text: " \n" }, "none"], [{ kind: "choice" }, { choice: "c1" }, "all"], [{ kind: "choice" }, undefined, "none"],
    [match, { pairs: { p1: "c1" } }, "some"], [match, { pairs: { p1: "c1", p2: "c1" } }, "all"],
    [audit, { audit: { verdicts: { I10: "right" }, missing: [] } }, "some"], [audit, { audit: { verdicts: {}, missing: [] } }, "none"],
  ];
  for (const [item, answer, state] of cases) assert.equal(itemState(item, answer), state);
});

test("an encounter is as far as its questions, and one code is as good as five: nothing tells how many there are", () => {
  const data = { items: [{ id: CODES, kind: "assign-codes" }, { id: NOTE, kind: "documentation" }] };
  assert.equal(caseState(data, {}).state, "none");
  assert.equal(caseState(data, { [CODES]: { codes: ["I10"] } }).state, "some");
  const full = (codes) => caseState(data, { [CODES]: { codes }, [NOTE]: { text: "x" } });
  assert.deepEqual(full(["I10"]), full(["I10", "M54.50", "E66.9"]));
});

test("the summary says what has no answer", () => {
  assert.equal(lacking({ questions: 2, none: 2, part: 0 }, false), "No question has an answer.");
  assert.equal(lacking({ questions: 1, none: 1, part: 0 }, true), "The question has no answer; you want to look at it again.");
  assert.equal(lacking({ questions: 3, none: 1, part: 1 }, false), "1 of 3 questions has no answer; 1 question is answered in part.");
  assert.equal(lacking({ questions: 3, none: 0, part: 0 }, false), "Answered.");
});

test("the start says what the rules are", () => {
  const form = { minutes: 20, warnings: [30, 10, 5], over: "void", late: "void", opens: "2026-11-02T12:00:00+00:00", closes: "2026-11-02T18:00:00+00:00" };
  const strict = facts(form).join(" ");
  assert.match(strict, /20 minutes from the moment.*when 10 and 5 minutes are left.*longer.*does not count.*2 November 2026.*later does not count.*Nothing is checked/s);
  const mild = facts({ ...form, over: "count", late: "count", warnings: [] }).join(" ");
  assert.match(mild, /At the end the exam locks itself.*taken too long.*marked as late/s);
  assert.doesNotMatch(mild, /does not count/);
});

test("the workbench tells which answers changed, and those taken back", () => {
  const changes = [];
  const data = { items: [{ id: CODES }, { id: NOTE }] };
  const model = new CaseModel({}, data, { [NOTE]: { text: "a" } }, (...change) => changes.push(change));
  model.set("answers", { [NOTE]: { text: "a" }, [CODES]: { codes: ["I10"] } });
  model.save_changes();
  model.set("answers", { [CODES]: { codes: ["I10"] } });
  model.save_changes();
  assert.deepEqual(changes, [[CODES, { codes: ["I10"] }, undefined], [NOTE, null, { text: "a" }]]);
});
