// Which phrases hold a word, as sets of bits, so that joining them is quick.  The twin of codeset/search/postings.py.

import { beginning, rootOf } from "./words.js";

export class Postings {
  constructor() {
    this.count = 0;
    this.lists = new Map();
  }

  /** Add the next phrase by its words. */
  add(words) {
    for (const word of words) {
      const list = this.lists.get(word);
      if (list) list.push(this.count);
      else this.lists.set(word, [this.count]);
    }
    this.count++;
  }

  /** Finish, after the last phrase; yields now and then so that the page can breathe. */
  *finish() {
    this.vocabulary = [...this.lists.keys()].sort();
    this.families = new Map();
    for (const [at, word] of this.vocabulary.entries()) {
      const root = rootOf(word);
      if (this.families.has(root)) this.families.get(root).push(word);
      else this.families.set(root, [word]);
      if (at % 1024 === 0) yield;
    }
  }

  /** The phrases with any of the words. */
  having(words) {
    const bits = this.none();
    for (const word of words) {
      const list = this.lists.get(word);
      if (list) for (let i = 0; i < list.length; i++) bits[list[i] >>> 5] |= 1 << (list[i] & 31);
    }
    return bits;
  }

  /** The phrases with all of the words. */
  havingAll(words) {
    return words.map((word) => this.having([word])).reduce((both, bits) => and(both, bits));
  }

  none() {
    return new Uint32Array((this.count >>> 5) + 1);
  }

  beginning(text) {
    return beginning(this.vocabulary, text);
  }

  /** The words with the same root. */
  kin(word) {
    return this.families.get(rootOf(word)) || [];
  }
}

/** The numbers of the phrases in a set, lowest first. */
export function* numbers(bits) {
  for (let at = 0; at < bits.length; at++) {
    for (let rest = bits[at]; rest; rest &= rest - 1) yield at * 32 + 31 - Math.clz32(rest & -rest);
  }
}

export function and(one, other) {
  const both = new Uint32Array(one.length);
  for (let at = 0; at < one.length; at++) both[at] = one[at] & other[at];
  return both;
}

export function or(one, other) {
  const either = new Uint32Array(one.length);
  for (let at = 0; at < one.length; at++) either[at] = one[at] | other[at];
  return either;
}

export const isEmpty = (bits) => bits.every((word) => word === 0);

/** How many bits the number of phrases in a set has. */
export function magnitude(bits) {
  let size = 0;
  for (let at = 0; at < bits.length; at++) for (let rest = bits[at]; rest; rest &= rest - 1) size++;
  return 32 - Math.clz32(size);
}
