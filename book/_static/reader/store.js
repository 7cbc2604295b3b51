// What this browser remembers of a reader: lessons read, cases checked, what the quiz suggested, and the answers.
// Nothing leaves the browser unless the reader saves it to a file.

const PROGRESS = "coding-back-pain/progress";
const ANSWERS = "coding-back-pain/answers/";
const SCHEMA = "progress/1";
const FILE = "my-progress/1";
const LARGEST = 4_000_000; // characters of a file of progress; a whole course of answers has a tenth of it
const LESSON = /^[a-z0-9][a-z0-9-]{0,60}$/;
const CASE = /^enc-[a-z0-9-]{1,40}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A file of progress that cannot be used; the message says why and what to do. */
export class FileError extends Error {}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const matches = (pattern) => (value) => typeof value === "string" && pattern.test(value);
const isCount = (value) => Number.isFinite(value) && value >= 0 && value < 10_000;

function onlyThose(data, key, value) {
  return isObject(data) ? Object.fromEntries(Object.entries(data).filter(([name, each]) => key.test(name) && value(each))) : {};
}

/** Take what is sound of data from storage or a file, and nothing else. */
function sound(data) {
  return {
    schema: SCHEMA,
    read: onlyThose(data?.read, LESSON, matches(DAY)),
    checked: onlyThose(data?.checked, CASE, (each) => isObject(each) && isCount(each.points) && isCount(each.possible) && matches(DAY)(each.on)),
    suggested: Array.isArray(data?.suggested) ? data.suggested.filter(matches(LESSON)) : [],
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // damaged by something else in this browser: begin anew
  }
}

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden here
  }
}

/** Write to storage and say whether it was kept. */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function answerKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(ANSWERS));
  } catch {
    return [];
  }
}

export const today = () => new Date().toLocaleDateString("sv"); // Sweden writes dates as 2026-11-25

export function progress() {
  return sound(parsed(stored(PROGRESS)));
}

/** Change the progress; returns whether the browser kept it. */
export function update(change) {
  const data = progress();
  change(data);
  const kept = keep(PROGRESS, JSON.stringify(data));
  changed();
  return kept;
}

/** Return everything as the text of a file. */
export function toFile() {
  const answers = Object.fromEntries(answerKeys().map((key) => [key.slice(ANSWERS.length), parsed(stored(key))]));
  return JSON.stringify({ schema: FILE, saved: today(), progress: progress(), answers }, null, 1);
}

/**
 * Take a file in: what it has replaces what is here, the rest stays.
 * @returns {boolean} whether the browser kept all of it
 */
export function fromFile(text) {
  if (text.length > LARGEST) throw new FileError("This file is too large to be a file of progress.");
  const data = parsed(text);
  if (!isObject(data) || data.schema !== FILE) throw new FileError("This is not a file of progress. Choose the file that you saved on this page.");
  const answers = onlyThose(data.answers, CASE, isObject);
  const kept = Object.entries(answers).map(([id, answer]) => keep(ANSWERS + id, JSON.stringify(answer)));
  const taken = sound(data.progress);
  return update((mine) => {
    Object.assign(mine.read, taken.read);
    Object.assign(mine.checked, taken.checked);
    if (taken.suggested.length) mine.suggested = taken.suggested;
  }) && kept.every(Boolean);
}

/** Forget progress and answers. */
export function wipe() {
  try {
    for (const key of [PROGRESS, ...answerKeys()]) localStorage.removeItem(key);
  } catch {
    // storage is forbidden here: there is nothing to forget
  }
  changed();
}

const changed = () => document.dispatchEvent(new CustomEvent("cbp:progress"));

// Another tab may have changed it; a key of null stands for all of them.
addEventListener("storage", ({ key }) => { if (key === PROGRESS || key === null) changed(); });
