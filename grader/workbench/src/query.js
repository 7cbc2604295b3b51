// What a search query may mean: its words, and the expressions among them that the code set calls otherwise.  The twin
// of codeset/search/query.py.

import table from "../../codeset/search/synonyms.json" with { type: "json" };
import { beginning, rootOf, wordsAbout, wordsOf } from "./words.js";

const MAX_WORDS = 8;
const SHORTEST_BEGINNING = 4;
const LIGHT = new Set(["other", "site", "unspecified", "without"]);
// Words of a sentence that say nothing about what is looked for.
const FILLERS = new Set(
  ("another because been being can down due felt got had has have i " +
    "into it me off onto patient pt that this up was when while").split(" "),
);
// Words that many codes do without: which side, how long, how bad.
const MODIFIERS = new Set("acute area bilateral chronic left level mild moderate region right severe side sided".split(" "));
// Words that say nothing, unless they are all there is.
const ABBREVIATIONS = new Set(["as"]);
// "L4-5" and "L4/5" are the levels L4 and L5.
const SPINE_LEVELS = /\b([clts])([0-9]{1,2}) ?[-/] ?([0-9]{1,2})\b/g;

/** How long a phrase counts: without brackets, what is absent, and words that say nothing. */
export function weightOf(text, words) {
  const counted = text.includes("(") ? wordsAbout(text.replace(/\([^)]*\)/g, " ")) : words;
  let weight = 0;
  for (const word of counted) if (!LIGHT.has(word) && word[0] !== "-") weight++;
  return weight;
}

/** The words of a query: {text, unfinished, counts}; the last may still be being typed. */
export function typedWords(query) {
  const plain = query.toLowerCase().replace(SPINE_LEVELS, "$1$2 $1$3").replace(/\bw\/o\b/g, "without");
  const texts = content(plain).slice(0, MAX_WORDS);
  const unfinished = /[A-Za-z0-9]$/.test(query);
  return texts.map((text, at) => wordFor(text, unfinished && at === texts.length - 1));
}

/** A word to look for; something is lost without it if it `counts`: a number alone says nothing. */
export const wordFor = (text, unfinished = false) => ({ text, unfinished, counts: !MODIFIERS.has(text) && !/^[0-9]+$/.test(text) });

function content(text) {
  let words = wordsAbout(text);
  if (!words.length) words = [text.replace(/^ +| +$/g, "")].filter((word) => ABBREVIATIONS.has(word));
  const said = words.filter((word) => !FILLERS.has(word));
  return said.length ? said : words;
}

// The expressions people use, by the roots of their words (in any order), and what the code set calls them.  A wider
// one means no more than what has the words themselves, and comes after that.
const byRoot = new Map();
const expressionWords = new Set();
const entries = Object.entries(table).flatMap(([kind, part]) => Object.entries(part).map(([said, means]) => [kind, said, means]));
for (const [number, [kind, said, means]] of entries.entries()) {
  const words = content(said);
  const roots = [...new Set(words.map(rootOf))];
  const expression = { number, wider: kind === "wider", roots, meanings: means.map(wordsOf) };
  for (const word of words) expressionWords.add(word);
  for (const root of roots) {
    if (byRoot.has(root)) byRoot.get(root).push(expression);
    else byRoot.set(root, [expression]);
  }
}

/** The words of all expressions, sorted. */
export const spoken = [...expressionWords].sort();

/** Whether a word of this root stands in an expression. */
export const isSpoken = (root) => byRoot.has(root);

/** The words of expressions that begin with `text`, if it is long enough to tell. */
export const spokenBeginning = (text) => (text.length < SHORTEST_BEGINNING ? [] : beginning(spoken, text));

/** The expressions in a query, the longest first, from the roots each word may have at each level of likeness. */
export function saidIn(roots, levels) {
  const found = new Map();
  for (let level = 0; level < levels; level++) {
    const at = new Map();
    for (let place = roots.length - 1; place >= 0; place--) for (const root of roots[place][level]) at.set(root, place);
    for (const root of at.keys()) {
      for (const expression of byRoot.get(root) || []) {
        if (found.has(expression.number)) continue;
        const places = new Set(expression.roots.filter((other) => at.has(other)).map((other) => at.get(other)));
        if (places.size !== expression.roots.length) continue;
        found.set(expression.number, { places: [...places].sort((a, b) => a - b), level, expression });
      }
    }
  }
  return [...found.values()].sort(
    (a, b) => b.places.length - a.places.length || a.level - b.level || a.expression.number - b.expression.number,
  );
}
