// Slips of the keys: which words are meant by one that is not in the vocabulary.  The twin of codeset/search/spelling.py.

import { firstFrom } from "./words.js";

function slips(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return 0;
  return word.length >= 8 ? 2 : 1;
}

function letters(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) {
    const place = word.charCodeAt(i) - 97;
    if (place >= 0 && place < 26) bits |= 1 << place;
  }
  return bits;
}

function count(bits) {
  let n = 0;
  for (; bits; bits &= bits - 1) n++;
  return n;
}

/** Finds the words of a sorted vocabulary that a misspelt word may mean. */
export class Speller {
  constructor(vocabulary) {
    this.words = vocabulary;
    this.letters = vocabulary.map(letters);
  }

  /** The words fewest slips away from `word`; an unfinished one may begin a longer word. */
  near(word, unfinished) {
    const [most, own] = [slips(word), letters(word)];
    if (!most) return [];
    const alike = [];
    for (let at = 0; at < this.words.length; at++) {
      if (Math.abs(this.words[at].length - word.length) > most) continue;
      const other = this.letters[at];
      if (count(own & ~other) <= most && count(other & ~own) <= most) alike.push(this.words[at]);
    }
    const found = fewest(word, alike, most, false);
    if (found.length || !unfinished) return found;
    const begun = [];
    const end = firstFrom(this.words, word[0] + "~");
    for (let at = firstFrom(this.words, word[0]); at < end; at++) {
      if (count(own & ~this.letters[at]) <= most) begun.push(this.words[at]);
    }
    return fewest(word, begun, most, true);
  }
}

function fewest(word, others, most, isBeginning) {
  let found = [];
  const counted = new Map();
  for (const other of others) {
    if (other.length < word.length - most) continue;
    const start = other.slice(0, word.length + most);
    if (!counted.has(start)) {
      const row = distances(word, start, most);
      counted.set(start, row.length ? (isBeginning ? Math.min(...row) : row[row.length - 1]) : most + 1);
    }
    const apart = counted.get(start);
    if (apart < most) {
      found = [other];
      most = apart;
    } else if (apart === most) found.push(other);
  }
  return found;
}

/** The slips between `word` and each beginning of `other`, the last being all of it; nothing if surely above `most`. */
function distances(word, other, most) {
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  let least = 0;
  for (let i = 0; i < word.length; i++) {
    const last = row;
    const leastOfLast = least;
    row = [i + 1];
    least = i + 1;
    for (let j = 0; j < other.length; j++) {
      let best = word[i] === other[j] ? last[j] : 1 + Math.min(last[j], last[j + 1], row[j]);
      if (i && j && word[i] === other[j - 1] && word[i - 1] === other[j]) best = Math.min(best, before[j - 1] + 1);
      row.push(best);
      least = Math.min(least, best);
    }
    // A swap looks back two letters, so both of the last rows must be beyond help.
    if (least > most && leastOfLast > most) return [];
    before = last;
  }
  return row;
}
