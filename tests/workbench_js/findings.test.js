// How sure a reading is, in the words of `grader/feedback.py`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { howSure } from "../../grader/workbench/src/findings.js";

test("doubt has the bounds and the words of the feedback", () => {
  const words = [[0, "not sure"], [0.59, "not sure"], [0.6, "fairly sure"], [0.79, "fairly sure"], [0.8, ""], [1, ""]];
  for (const [confidence, word] of words) assert.equal(howSure({ confidence }), word, String(confidence));
});

test("where nothing was read, nothing is said of it", () => {
  for (const finding of [{}, { confidence: null }]) assert.equal(howSure(finding), "");
});
