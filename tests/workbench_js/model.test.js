// The host of a page: node --test
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PageModel } from "../../grader/workbench/src/model.js";
import { spelled } from "../../grader/workbench/src/finder.js";

const CASE = {
  id: "enc-0001",
  items: [
    { id: "enc-0001/codes", kind: "assign-codes" },
    { id: "enc-0001/note", kind: "documentation" },
    { id: "enc-0001/cause", kind: "choice", choices: [{ id: "c1" }] },
  ],
};
const KEY = "coding-back-pain/answers/enc-0001";
let stored;

beforeEach(() => {
  stored = new Map();
  globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
  };
});

test("answers are kept at each save and shown again", () => {
  const model = new PageModel(CASE, "codes.bin");
  const answers = { "enc-0001/codes": { codes: ["M54.9"] }, "enc-0001/cause": { choice: "c1" } };
  model.set("answers", answers);
  model.save_changes();
  assert.deepEqual(JSON.parse(stored.get(KEY)), answers);
  assert.deepEqual(new PageModel(CASE, "codes.bin").get("answers"), answers);
});

test("stored answers that do not fit the questions are left out", () => {
  const odd = { "enc-0001/codes": { codes: [1] }, "enc-0001/note": { text: 5 }, "enc-0001/cause": { choice: "c9" }, "enc-0002/x": {} };
  for (const text of [JSON.stringify(odd), "{broken", "null", "[]", "7"]) {
    stored.set(KEY, text);
    assert.deepEqual(new PageModel(CASE, "codes.bin").get("answers"), {});
  }
});

test("a browser that keeps nothing says so", () => {
  globalThis.localStorage.setItem = () => {
    throw new Error("no room");
  };
  const model = new PageModel(CASE, "codes.bin");
  model.set("answers", {});
  model.save_changes();
  assert.match(model.get("status"), /lost when you leave/);
});

test("listeners hear what was saved, until they leave", () => {
  const model = new PageModel(CASE, "codes.bin");
  let heard = 0;
  const listen = () => heard++;
  model.on("change:check", listen);
  model.set("check", 1);
  assert.equal(heard, 0);
  model.save_changes();
  assert.equal(heard, 1);
  model.off("change:check", listen);
  model.tell({ check: 2 });
  assert.equal(heard, 1);
});

test("codes are spelled alike, existing or not", () => {
  assert.equal(spelled(" m545 "), "M54.5");
  assert.equal(spelled("s39.012a"), "S39.012A");
  assert.equal(spelled("q99zz9"), "Q99.ZZ9");
  assert.equal(spelled("i10"), "I10");
});
