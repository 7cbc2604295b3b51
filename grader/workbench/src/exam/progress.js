// How far questions and encounters are answered.  What is right, and how much of it there is, nobody knows here.

const filled = (value) => {
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value) && Object.values(value).some(filled);
};

const count = (value) => Object.keys(value || {}).length;

// Questions of several parts, all of which can be seen: how many have been dealt with.
const PARTS = {
  match: (item, { pairs }) => [count(pairs), item.prompts.length],
  audit: (item, { audit }) => [count(audit.verdicts), item.coded.length],
};

/** "none", "some" or "all" of one question. */
export function itemState(item, answer) {
  if (!answer || !filled(answer)) return "none";
  if (!PARTS[item.kind]) return "all";
  const [done, parts] = PARTS[item.kind](item, answer);
  return done >= parts ? "all" : "some";
}

/** How many questions of an encounter there are, how many have no answer, how many a part of one; and all of it in a word. */
export function caseState(data, answers) {
  const states = data.items.map((item) => itemState(item, answers[item.id]));
  const [none, part] = ["none", "some"].map((state) => states.filter((each) => each === state).length);
  const state = none === states.length ? "none" : none + part === 0 ? "all" : "some";
  return { questions: states.length, none, part, state };
}

export const WORDS = { none: "not begun", some: "partly answered", all: "answered" };
