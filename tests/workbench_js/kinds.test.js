// The kinds of question: which answers fit them, and their few words that need no page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { marked } from "../../grader/workbench/src/evidence.js";
import { fits } from "../../grader/workbench/src/fits.js";
import { letter } from "../../grader/workbench/src/match.js";

const choices = [{ id: "c1" }, { id: "c2" }, { id: "c3" }];
const ITEMS = {
  "assign-codes": { choices: [] },
  documentation: { choices: [] },
  message: { choices: [], to: "payer" },
  choice: { choices },
  choices: { choices },
  match: { choices, prompts: [{ id: "p1" }, { id: "p2" }] },
  order: { choices },
  "claim-repair": { fields: [{ id: "box21a", value: "M54.5" }, { id: "box21b", value: "" }] },
  evidence: { chart: [{ title: "Note", blocks: [{ heading: "Plan" }, { passages: [{ id: "1.1" }, { id: "1.2" }] }] }] },
  audit: { coded: ["M54.50", "G89.29"] },
};
const GOOD = {
  "assign-codes": [{ codes: [] }, { codes: ["M54.50"] }],
  documentation: [{ text: "" }, { text: "Dull ache." }],
  message: [{ text: "Which root is meant?" }],
  choice: [{ choice: "c1" }],
  choices: [{ choices: ["c1"] }, { choices: ["c1", "c3"] }],
  match: [{ pairs: { p1: "c2" } }, { pairs: { p1: "c2", p2: "c2" } }],
  order: [{ order: ["c3", "c1", "c2"] }],
  "claim-repair": [{ fields: { box21a: "M54.50" } }, { fields: { box21a: "", box21b: "I10" } }],
  evidence: [{ passages: ["1.2"] }, { passages: ["1.1", "1.2"] }],
  audit: [
    { audit: { verdicts: { "M54.50": "right" }, missing: [] } },
    { audit: { verdicts: {}, missing: ["I10"] } },
  ],
};
const ODD = {
  "assign-codes": [{ codes: [1] }],
  documentation: [{ text: 5 }],
  message: [{ text: null }],
  choice: [{ choice: "c9" }],
  choices: [{ choices: [] }, { choices: ["c9"] }, { choices: ["c1", "c1"] }, { choices: "c1" }],
  match: [{ pairs: {} }, { pairs: { p9: "c1" } }, { pairs: { p1: "c9" } }, { pairs: { p1: ["c1"] } }, { pairs: ["c1"] }],
  order: [{ order: ["c1"] }, { order: ["c1", "c2", "c2"] }, { order: ["c1", "c2", "c9"] }, { order: [] }],
  "claim-repair": [{ fields: {} }, { fields: { box99: "x" } }, { fields: { box21a: 5 } }, { fields: { box21a: " M54.5 " } }],
  evidence: [{ passages: [] }, { passages: ["9.9"] }, { passages: [1.1] }],
  audit: [
    { audit: 7 },
    { audit: { missing: [] } },
    { audit: { verdicts: { I10: "right" }, missing: [] } },
    { audit: { verdicts: { "M54.50": "maybe" }, missing: [] } },
    { audit: { verdicts: {}, missing: [5] } },
  ],
};

for (const [kind, extra] of Object.entries(ITEMS)) {
  const item = { id: "enc-0001/x", kind, ...extra };

  test(`an answer to ${kind} fits its question`, () => {
    for (const answer of GOOD[kind]) assert.equal(fits(item, answer), true, JSON.stringify(answer));
  });

  test(`what ${kind} cannot show is no answer to it`, () => {
    const others = Object.keys(GOOD).flatMap((other) => (Object.keys(GOOD[other][0])[0] in GOOD[kind][0] ? [] : GOOD[other]));
    for (const answer of [null, undefined, 7, "c1", [], {}, ...ODD[kind], ...others]) {
      assert.equal(fits(item, answer), false, JSON.stringify(answer));
    }
  });
}

test("an unknown kind of question has no answer", () => {
  assert.equal(fits({ kind: "riddle" }, { text: "x" }), false);
});

test("choices have letters, and marks are counted in words", () => {
  assert.deepEqual([0, 25, 26].map(letter), ["A", "Z", "27"]);
  assert.deepEqual([0, 1, 3].map(marked), ["No passage marked", "1 passage marked", "3 passages marked"]);
});
