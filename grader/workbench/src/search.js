// Search over all codes by words or by code.  The twin of codeset/search/__init__.py: the same hits in the same order (the
// phrases of tests/data hold both to it).  Change one and you change the other.

import { Matcher } from "./matching.js";
import { Postings } from "./postings.js";
import { typedWords, weightOf, wordFor } from "./query.js";
import { firstFrom, wordsAbout } from "./words.js";

const LONGEST = 200;
const FEW = 5;
const SLICE = 12; // milliseconds of building between two breaths of the page
const ENCOUNTER = new Set(["encounter", "visit"]);
const STAGES = new Set(["initial", "subsequent", "sequela"]);
const LACKS = { b: "", h: "heading, not complete", 7: "needs a 7th character" };

const STAGES_OF_A_FRACTURE = 6;
const DOTTED = /^[A-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}$/;
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
    this.matcher = new Matcher(this.postings);
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
    this.postings = new Postings();
    for (const kind of [...classes.keys()].sort((a, b) => a - b)) {
      const phrases = classes.get(kind).sort((a, b) => order(a.code, b.code) || order(a.name, b.name));
      yield;
      for (const { number, name, words } of phrases) {
        this.postings.add(words);
        this.owner.push(number);
        this.name.push(name);
        if (this.owner.length % 256 === 0) yield;
      }
    }
    yield* this.postings.finish();
  }

  #phrases(number) {
    const row = this.rows[number];
    const heading = row.flag === "h" ? 1 : 0;
    const phrase = (kind, name, text) => {
      const words = wordsAbout(text);
      return { kind, weight: weightOf(text, words), code: row.code, number, name, words };
    };
    const found = [phrase(heading, "", row.title), ...row.terms.map((name) => phrase(heading, name, name))];
    const bare = bareOf(row.code);
    const names = [...row.terms];
    for (let end = 3; end < bare.length; end++) {
      const above = this.at.get(bare.slice(0, end));
      if (above !== undefined) names.push(...this.rows[above].terms);
    }
    if (names.length) found.push(phrase(2 + heading, "", [row.title, ...names].join(", ")));
    return found;
  }

  /** The best hits for words or a code: [{code, title, billable, why, flag}]. */
  search(query, limit = 12) {
    query = query.slice(0, LONGEST);
    let bare = bareOf(query).toUpperCase();
    let [asked, all] = this.#byCode(bare, limit);
    while (!asked.length && !all.length && bare.length > 3 && DOTTED.test(query.trim().toUpperCase())) {
      bare = bare.slice(0, -1); // a code that is not in the list leads to the nearest above it, never to words
      [asked, all] = this.#byCode(bare, limit);
    }
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
    const words = typedWords(query);
    const { missing, found } = this.#best(words, limit);
    const stage = words.map(({ text }) => text).find((text) => STAGES.has(text));
    if (stage && (missing || !found.size)) {
      // Titles do not hold the 7th character's words: look without them, then show only those variants.
      const rest = words.filter(({ text }) => !STAGES.has(text) && !ENCOUNTER.has(text)).map(({ text }) => wordFor(text));
      const staged = this.#best(rest, limit).found;
      const hits = [...staged].flatMap(([number, why]) => this.#show(number, why, true));
      const fitting = hits.filter((hit) => hit.title.includes(stage));
      if (fitting.length) return fitting.slice(0, limit);
    }
    return this.#listed([...found], limit);
  }

  /** How many words had to be left out, and the rows found with the name that matched, best first. */
  #best(words, limit) {
    let missing = words.length;
    const found = new Map();
    for (const [lost, phrase] of this.matcher.best(words)) {
      if (!found.size) missing = lost;
      // Where few codes have all the words, those with one word less follow.
      if (found.size >= (lost === missing ? limit : Math.min(FEW, limit)) || lost > missing + 1) break;
      if (!found.has(this.owner[phrase])) found.set(this.owner[phrase], this.name[phrase]);
    }
    return { missing, found };
  }

  /** The hits of the rows, headings last; 7th characters are spelt out as far as there is room. */
  #listed(found, limit) {
    const few = this.#areFew(found.map(([number]) => number), limit);
    const isHeading = ([number]) => this.rows[number].flag === "h";
    const hits = [];
    for (const [number, why] of [...found.filter((each) => !isHeading(each)), ...found.filter(isHeading)]) {
      const count = hits.length + this.rows[number].seventh.length;
      const best = !hits.length && count <= Math.max(limit, STAGES_OF_A_FRACTURE);
      hits.push(...this.#show(number, why, few || best || count <= Math.floor(limit / 2)));
    }
    return hits.slice(0, limit);
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
