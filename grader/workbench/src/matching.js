// Which phrases fit a query best: all of its words, or as many as there can be.  The twin of codeset/search/matching.py, which
// says what parts and levels are.

import { and, isEmpty, magnitude, numbers, or } from "./postings.js";
import { isSpoken, saidIn, spoken, spokenBeginning } from "./query.js";
import { Speller } from "./spelling.js";
import { rootOf } from "./words.js";

const LEVELS = 3;
const REMEMBERED = 256;
const RAREST = 24;
const SHORTEST = 3;

/** One way to cut a query into parts; a part found nowhere is lost from the beginning. */
class Reading {
  constructor(parts, lost) {
    this.parts = parts;
    this.kept = Array.from({ length: LEVELS }, () => new Map());
    this.byLost = new Map();
    for (let mask = 1; mask < 1 << parts.length; mask++) {
      const left = parts.filter((_, at) => !((mask >> at) & 1));
      const without = left.reduce((sum, part) => sum + part.count, lost);
      const rarity = left.reduce((sum, part) => sum + part.rarity, 0);
      if (!this.byLost.has(without)) this.byLost.set(without, []);
      this.byLost.get(without).push({ mask, rarity });
    }
  }

  /** The parts that can be kept, as bits, when so many words are left out: the rarest kept first. */
  choices(lost) {
    const found = this.byLost.get(lost) || [];
    return found.sort((a, b) => a.rarity - b.rarity || a.mask - b.mask).map(({ mask }) => mask);
  }

  /** The phrases that hold all parts of `mask`. */
  phrases(mask, level) {
    const kept = this.kept[level];
    if (!kept.has(mask)) {
      const last = 31 - Math.clz32(mask);
      const part = this.parts[last].phrases[level];
      const rest = mask & ~(1 << last);
      kept.set(mask, rest ? and(part, this.phrases(rest, level)) : part);
    }
    return kept.get(mask);
  }
}

/** Finds the phrases for the words of a query. */
export class Matcher {
  constructor(postings) {
    this.postings = postings;
    this.speller = new Speller([...new Set([...postings.vocabulary, ...spoken])].sort());
    this.remembered = new Map();
  }

  /** Yields the phrases that hold the words, best first, each after the number of words it lacks. */
  *best(words) {
    const readings = this.#readings(words);
    for (let lost = 0; lost < words.length; lost++) {
      for (const reading of readings) {
        for (const mask of reading.choices(lost)) {
          if (isEmpty(reading.phrases(mask, LEVELS - 1))) continue;
          for (let level = 0; level < LEVELS; level++) {
            for (const phrase of numbers(reading.phrases(mask, level))) yield [lost, phrase];
          }
        }
      }
    }
  }

  /** Cut at the longest expressions, and at single words. */
  #readings(words) {
    const meant = words.map((word) => this.#meant(word));
    const said = saidIn(meant.map(({ roots }) => roots), LEVELS);
    const singles = said.filter(({ places }) => places.length === 1);
    const cuts = singles.length < said.length ? [said, singles] : [singles];
    return cuts.map((cut) => this.#reading(meant, cut));
  }

  #reading(meant, said) {
    const parts = new Map();
    const taken = new Set();
    for (const { places, level, expression } of said) {
      const key = places.join();
      if (!parts.has(key)) {
        if (places.some((place) => taken.has(place))) continue;
        parts.set(key, { places, phrases: literally(meant, places) });
      }
      for (const place of places) taken.add(place);
      const { phrases } = parts.get(key);
      for (const meaning of expression.meanings) {
        const bits = this.postings.havingAll(meaning);
        for (let at = Math.max(level, expression.wider ? 1 : 0); at < LEVELS; at++) phrases[at] = or(phrases[at], bits);
      }
    }
    meant.forEach((word, place) => taken.has(place) || parts.set(`${place}`, { places: [place], phrases: word.phrases }));
    const every = [...parts.values()].sort((a, b) => a.places[0] - b.places[0]).map((part) => partOf(meant, part));
    const found = every.filter((part) => !isEmpty(part.phrases[LEVELS - 1]));
    return new Reading(found, countOf(every) - countOf(found));
  }

  /** Look a word up; those of the same query at the keystroke before are remembered. */
  #meant(word) {
    const key = `${word.text} ${word.unfinished}`;
    if (!this.remembered.has(key)) {
      if (this.remembered.size >= REMEMBERED) this.remembered.clear();
      this.remembered.set(key, this.#lookUp(word));
    }
    return this.remembered.get(key);
  }

  #lookUp({ text, unfinished, counts }) {
    const own = new Set([rootOf(text)]);
    const known = this.postings.lists.has(text);
    // A finished word that is in no phrase can be a beginning too: "degen disc".
    const begins = text.length > (unfinished ? 1 : SHORTEST) && (unfinished || !known);
    const longer = begins ? this.postings.beginning(text) : [];
    const completed = begins ? spokenBeginning(text) : [];
    const exact = this.postings.having([text]);
    const begun = this.postings.having([text, ...this.postings.kin(text), ...longer]);
    const roots = new Set([...own, ...completed.map(rootOf)]);
    // A misspelt word can have kin by chance: it is looked at as a slip all the same.
    if (known || longer.length || completed.length || isSpoken(rootOf(text))) {
      return { phrases: [exact, begun, begun], roots: [own, roots, roots], counts };
    }
    const near = this.speller.near(text, unfinished);
    const guessed = new Set(near.map(rootOf));
    return { phrases: [exact, begun, or(begun, this.postings.having(near))], roots: [own, roots, guessed], counts };
  }
}

function literally(meant, places) {
  const [first, ...rest] = places.map((place) => meant[place].phrases);
  return first.map((bits, level) => rest.reduce((both, phrases) => and(both, phrases[level]), bits));
}

/** Words that stand or fall together: how many of them count, and how much is lost without them. */
function partOf(meant, { places, phrases }) {
  const count = places.filter((place) => meant[place].counts).length;
  return { count, phrases, rarity: count ? RAREST - magnitude(phrases[LEVELS - 1]) : 1 };
}

const countOf = (parts) => parts.reduce((sum, part) => sum + part.count, 0);
