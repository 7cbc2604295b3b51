// The words of a text that count when texts are compared.  The twin of codeset/words.py.

const STOP = new Set("a an and as at by for from in is my nec nos of on or the to with".split(" "));
// The endings that make other words of the same root, longest first: a root keeps four letters.
const ENDINGS = "atic asis osis otic ancy ence ance ness ful ing ion ive ant ent ed er or al ic is um ae a e y".split(" ");
const ROOT = 4;
const ROOTLESS = new Set(["number"]); // not the kin of numb
const ABSENT = /(?<!or )\bwithout\b(.*?)(?=,| of | with |$)/gis;
const NONE = [];

/** The words of a text that count, each once: small letters, no accents, singular. */
export function wordsOf(text) {
  let plain = text.toLowerCase();
  // Most titles are plain ASCII, and normalizing is what costs time here.
  if (/[^\x00-\x7f]/.test(plain)) plain = plain.normalize("NFD").replace(/\p{M}/gu, "");
  const raw = plain.replace(/['’]s(?![a-z0-9])/g, "").match(/[a-z0-9]+/g) || NONE;
  const found = new Set();
  for (const word of raw) if (!STOP.has(word)) found.add(singular(word));
  return [...found];
}

function singular(word) {
  if (word.length > 4 && word.endsWith("ies")) return word.slice(0, -3) + "y";
  if (word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

/** The words of a text; those that it says are absent ("without radiculopathy") have a minus before them. */
export function wordsAbout(text) {
  if (!text.includes("ithout")) return wordsOf(text);
  const absent = new Set();
  for (const [, clause] of text.matchAll(ABSENT)) for (const word of wordsOf(clause)) absent.add(`-${word}`);
  return [...wordsOf(text.replace(ABSENT, " without ")), ...absent];
}

/** What a word shares with its kin: `herniated` and `herniation`, `spine` and `spinal`. */
export function rootOf(word) {
  if (!/^[a-z]+$/.test(word) || ROOTLESS.has(word)) return word;
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= ROOT) || "";
  const root = word.slice(0, word.length - ending.length);
  return root.length > ROOT && root[root.length - 1] === root[root.length - 2] ? root.slice(0, -1) : root;
}

/** The place of the first of sorted words that does not come before `word`. */
export function firstFrom(sorted, word) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of sorted words that begin with `text`. */
export const beginning = (sorted, text) => sorted.slice(firstFrom(sorted, text), firstFrom(sorted, text + "~"));
