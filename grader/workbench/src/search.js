// Search over all codes by words or by code.  The twin of codeset/search.py: the same hits in the same order
// (tests/data/search_phrases.json holds both to it).  Change one and you change the other.

import { readings, weightOf, wordsOf } from "./query.js";
import { letters, near } from "./spelling.js";

const LONGEST = 200;
const LEVELS = 3;
const SLICE = 12; // milliseconds of building between two breaths of the page
const ENCOUNTER = new Set(["encounter", "visit"]);
const STAGES = new Set(["initial", "subsequent", "sequela"]);
const LACKS = { b: "", h: "heading, not complete", 7: "needs a 7th character" };

export class CodeIndex {
  /** Build from the text of codes.bin, in slices, so that the page stays responsive. */
  static async build(text, breathe = () => new Promise((resolve) => setTimeout(resolve))) {
    const index = new CodeIndex();
    let since = performance.now();
    for (const _ of index.#build(text)) {
      if (performance.now() - since > SLICE) {
        await breathe();
        since = performance.now();
      }
    }
    return index;
  }

  *#build(text) {
    this.rows = [];
    this.at = new Map();
    const lines = text.split("\n");
    if (lines[0] !== "codes/1") throw new Error("This is not the list of codes.");
    yield;
    for (let i = 1; i < lines.length; i++) {
      if (!lines[i]) continue;
      const [code, flag, title, terms, seventh] = lines[i].split("\t");
      const names = terms ? terms.split("|").filter(Boolean) : [];
      this.at.set(bareOf(code), this.rows.length);
      this.rows.push({ code, flag, title, terms: names, seventh: pairs(seventh) });
      if (i % 256 === 0) yield;
    }
    this.bare = [...this.at.keys()].sort();
    yield;
    yield* this.#number();
    this.vocabulary = [...this.postings.keys()].sort();
    this.letters = this.vocabulary.map(letters);
  }

  *#number() {
    const classes = new Map();
    for (let number = 0; number < this.rows.length; number++) {
      for (const phrase of this.#phrases(number)) {
        const kind = phrase.kind * 1000 + phrase.weight;
        if (!classes.has(kind)) classes.set(kind, []);
        classes.get(kind).push(phrase);
      }
      if (number % 64 === 0) yield;
    }
    this.owner = [];
    this.name = [];
    this.postings = new Map();
    for (const kind of [...classes.keys()].sort((a, b) => a - b)) {
      const phrases = classes.get(kind).sort((a, b) => order(a.code, b.code) || order(a.name, b.name));
      yield;
      for (const { number, name, words } of phrases) {
        for (const word of words) {
          const list = this.postings.get(word);
          if (list) list.push(this.owner.length);
          else this.postings.set(word, [this.owner.length]);
        }
        this.owner.push(number);
        this.name.push(name);
        if (this.owner.length % 256 === 0) yield;
      }
    }
    this.masks = [];
  }

  #phrases(number) {
    const row = this.rows[number];
    const heading = row.flag === "h" ? 1 : 0;
    const phrase = (kind, name, text) => {
      const words = wordsOf(text);
      return { kind, weight: weightOf(text, words), code: row.code, number, name, words };
    };
    const found = [phrase(heading, "", row.title), ...row.terms.map((name) => phrase(heading, name, name))];
    const bare = bareOf(row.code);
    const names = [...row.terms];
    for (let end = 3; end < bare.length; end++) {
      const above = this.at.get(bare.slice(0, end));
      if (above !== undefined) names.push(...this.rows[above].terms);
    }
    if (names.length) found.push(phrase(2 + heading, "", [row.title, ...names].join(" ")));
    return found;
  }

  /** The best hits for words or a code: [{code, title, billable, why, flag}]. */
  search(query, limit = 12) {
    query = query.slice(0, LONGEST);
    const bare = bareOf(query).toUpperCase();
    const [asked, all] = this.#byCode(bare, limit);
    const named = bare.length > 2 && (asked.length || all.length) ? [] : this.#byWords(query, limit);
    const below = all.slice(0, limit - Math.min(named.length, Math.floor(limit / 3)));
    const unique = new Map();
    for (const hit of [...asked, ...below, ...named]) if (!unique.has(hit.code)) unique.set(hit.code, hit);
    return [...unique.values()].slice(0, Math.max(limit, asked.length));
  }

  #byCode(bare, limit) {
    if (!/^[A-Z][0-9][0-9A-Z]{0,5}$/.test(bare)) return [[], []];
    const asked = this.at.has(bare) ? this.#show(this.at.get(bare), "", true) : [];
    for (let end = 3; end < bare.length; end++) {
      const start = bare.slice(0, end);
      const row = this.rows[this.at.get(start)];
      for (const [char] of row ? row.seventh : []) {
        if ((start.padEnd(6, "X") + char).startsWith(bare) || bare === start + char) asked.push(variant(row, char, ""));
      }
    }
    const numbers = this.bare
      .slice(firstFrom(this.bare, bare), firstFrom(this.bare, bare + "~"))
      .filter((other) => other !== bare)
      .map((other) => this.at.get(other));
    const place = (number) => (this.rows[number].flag === "h" ? 100 : 0) + this.rows[number].code.length;
    numbers.sort((a, b) => place(a) - place(b));
    const few = this.#areFew(numbers, limit);
    return [asked, numbers.slice(0, limit).flatMap((number) => this.#show(number, "", few))];
  }

  #byWords(query, limit) {
    const { missing, found } = this.#best(readings(query), limit);
    const words = wordsOf(query);
    const stage = words.find((word) => STAGES.has(word));
    if (stage && (missing || !found.size)) {
      const rest = words.filter((word) => !STAGES.has(word) && !ENCOUNTER.has(word)).join(" ");
      const staged = this.#best(readings(rest + " "), limit).found;
      const hits = [...staged].flatMap(([number, why]) => this.#show(number, why, true));
      const fitting = hits.filter((hit) => hit.title.includes(stage));
      if (fitting.length) return fitting.slice(0, limit);
    }
    const few = this.#areFew([...found.keys()], limit);
    return [...found].flatMap(([number, why]) => this.#show(number, why, few)).slice(0, limit);
  }

  #best(queries, limit) {
    const each = new Map();
    const levelsOf = (word) => {
      const key = `${word.text} ${word.unfinished}`;
      if (!each.has(key)) each.set(key, this.#levels(word));
      return each.get(key);
    };
    const kept = [];
    for (const reading of queries) {
      const words = reading.map(levelsOf).filter((levels) => levels[LEVELS - 1].length);
      if (words.length) kept.push({ total: reading.length, words, marks: [] });
    }
    const longest = Math.max(0, ...kept.map((reading) => reading.total));
    for (let missing = 0; missing < longest; missing++) {
      const found = new Map();
      for (let level = 0; level < LEVELS; level++) {
        const fits = kept.filter(({ total, words }) => total - missing > 0 && total - missing <= words.length);
        const marked = fits.map((reading) => this.#marks(reading, level));
        const needs = fits.map(({ total }) => total - missing);
        if (this.#collect(marked, needs, limit, found)) return { missing, found };
      }
      if (found.size) return { missing, found };
    }
    return { missing: longest, found: new Map() };
  }

  /** For each phrase, how many words of a reading stand in it at a level. */
  #marks(reading, level) {
    if (!reading.marks[level]) {
      const bits = new Uint8Array(this.owner.length);
      reading.words.forEach((levels, place) => {
        for (const list of levels[level]) for (const phrase of list) bits[phrase] |= 1 << place;
      });
      reading.marks[level] = bits;
    }
    return reading.marks[level];
  }

  #collect(marked, needs, limit, found) {
    for (let reading = 0; reading < marked.length; reading++) {
      marked[reading].next = -1;
    }
    const advance = (reading) => {
      const bits = marked[reading];
      let at = bits.next + 1;
      while (at < bits.length && (bits[at] === 0 || BITS[bits[at]] < needs[reading])) at++;
      bits.next = at;
    };
    marked.forEach((_, reading) => advance(reading));
    for (;;) {
      const phrase = Math.min(this.owner.length, ...marked.map((bits) => bits.next));
      if (phrase === this.owner.length) return false;
      if (!found.has(this.owner[phrase])) found.set(this.owner[phrase], this.name[phrase]);
      if (found.size >= limit) return true;
      marked.forEach((bits, reading) => bits.next === phrase && advance(reading));
    }
  }

  /** The posting lists of a word: exactly; also as a beginning; also with slips if there is no other. */
  #levels(word) {
    const own = this.postings.get(word.text);
    const exact = own ? [own] : [];
    let begun = exact;
    if (word.unfinished && word.text.length > 1) {
      const start = firstFrom(this.vocabulary, word.text);
      const end = firstFrom(this.vocabulary, word.text + "~");
      begun = this.vocabulary.slice(start, end).map((other) => this.postings.get(other));
    }
    if (begun.length) return [exact, begun, begun];
    const positions = near(word.text, this.vocabulary, this.letters, word.unfinished);
    return [exact, begun, positions.map((at) => this.postings.get(this.vocabulary[at]))];
  }

  #areFew(numbers, limit) {
    return numbers.reduce((sum, number) => sum + (this.rows[number].seventh.length || 1), 0) <= limit;
  }

  #show(number, why, variants) {
    const row = this.rows[number];
    if (row.flag === "7" && variants) return row.seventh.map(([char]) => variant(row, char, why));
    const reasons = [why, LACKS[row.flag]].filter(Boolean).join("; ");
    return [{ code: row.code, title: row.title, billable: row.flag === "b", why: reasons, flag: row.flag }];
  }

  /** The title of a code with or without its 7th character; "" for an unknown one. */
  title(code) {
    const bare = bareOf(code);
    if (this.at.has(bare)) return this.rows[this.at.get(bare)].title;
    const [hit] = this.#byCode(bare, 1)[0];
    return hit && bareOf(hit.code) === bare ? hit.title : "";
  }
}

const BITS = Uint8Array.from({ length: 256 }, (_, n) => n.toString(2).replaceAll("0", "").length);

export const bareOf = (code) => code.replace(/[\s.\-]/g, "");

function variant(row, char, why) {
  const bare = bareOf(row.code).padEnd(6, "X");
  const meaning = row.seventh.find(([other]) => other === char)[1];
  return { code: `${bare.slice(0, 3)}.${bare.slice(3)}${char}`, title: `${row.title}, ${meaning}`, billable: true, why, flag: "b" };
}

const parsed = new Map();
function pairs(seventh) {
  if (!seventh) return [];
  if (!parsed.has(seventh)) parsed.set(seventh, seventh.split(";").map((pair) => [pair[0], pair.slice(2)]));
  return parsed.get(seventh);
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function firstFrom(sorted, word) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
