// What a search query may mean: its words, and the other ways to say the same.  The twin of codeset/query.py.

import table from "../../codeset/synonyms.json" with { type: "json" };

const MAX_WORDS = 8;
const MAX_READINGS = 8;
const STOP = new Set("a an and as at by for from in is my nec nos of on or the to with".split(" "));
const LIGHT = new Set(["other", "site", "unspecified"]);
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

/** How long a phrase counts: without what stands in brackets, and without words that say nothing. */
export function weightOf(text, words) {
  const counted = text.includes("(") ? wordsOf(text.replace(/\([^)]*\)/g, " ")) : words;
  let weight = 0;
  for (const word of counted) if (!LIGHT.has(word)) weight++;
  return weight;
}

const synonyms = Object.entries(table).map(([said, means]) => [wordsOf(said), means.map(wordsOf)]);

/** The query's words, and the same with each known expression replaced by what the code set calls it. */
export function readings(query) {
  const words = wordsOf(query).slice(0, MAX_WORDS);
  const unfinished = words.length > 0 && /[A-Za-z0-9]$/.test(query);
  return readFrom(words, 0, unfinished).map(once);
}

function once(reading) {
  const seen = new Map(reading.map((word) => [`${word.text} ${word.unfinished}`, word]));
  return [...seen.values()];
}

function readFrom(words, at, unfinished) {
  if (at === words.length) return [[]];
  const word = { text: words[at], unfinished: unfinished && at === words.length - 1 };
  const found = readFrom(words, at + 1, unfinished).map((rest) => [word, ...rest]);
  const [length, meanings] = expression(words, at, unfinished);
  if (length) {
    for (const rest of readFrom(words, at + length, unfinished)) {
      for (const meaning of meanings) {
        found.push([...meaning.map((text) => ({ text, unfinished: false })), ...rest]);
      }
    }
  }
  return found.slice(0, MAX_READINGS);
}

function expression(words, at, unfinished) {
  let best = [0, []];
  for (const [said, meanings] of synonyms) {
    if (said.length <= best[0] || at + said.length > words.length) continue;
    const open = unfinished && at + said.length === words.length;
    if (says(words, at, said, open)) best = [said.length, meanings];
  }
  return best;
}

function says(words, at, said, open) {
  const last = said.length - 1;
  for (let i = 0; i < last; i++) if (words[at + i] !== said[i]) return false;
  const word = words[at + last];
  return word === said[last] || (open && word.length > 3 && said[last].startsWith(word));
}
