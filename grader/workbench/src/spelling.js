// Slips of the keys: which words are meant by one that is not in the vocabulary.  The twin of codeset/spelling.py.

export function slips(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return 0;
  return word.length >= 8 ? 2 : 1;
}

export function letters(word) {
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

/** The positions of the words fewest slips away from `word`; an unfinished one may begin a longer word. */
export function near(word, vocabulary, bits, unfinished) {
  const most = slips(word);
  if (!most) return [];
  const own = letters(word);
  const alike = [];
  for (let at = 0; at < bits.length; at++) if (count(own ^ bits[at]) <= 2 * most) alike.push(at);
  const found = fewest(word, vocabulary, alike, most, false);
  if (found.length || !unfinished) return found;
  const begun = [];
  for (let at = 0; at < bits.length; at++) {
    if (count(own & ~bits[at]) <= most && vocabulary[at][0] === word[0]) begun.push(at);
  }
  return fewest(word, vocabulary, begun, most, true);
}

function fewest(word, vocabulary, alike, most, beginning) {
  let found = [];
  for (const at of alike) {
    const other = vocabulary[at];
    if (other.length < word.length - most || (!beginning && other.length > word.length + most)) continue;
    const row = distances(word, other.slice(0, word.length + most));
    const apart = beginning ? Math.min(...row) : row[row.length - 1];
    if (apart < most) {
      found = [at];
      most = apart;
    } else if (apart === most) found.push(at);
  }
  return found;
}

/** The slips between `word` and each beginning of `other`, the last being all of it. */
export function distances(word, other) {
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 0; i < word.length; i++) {
    const last = row;
    row = [i + 1];
    for (let j = 0; j < other.length; j++) {
      let best = Math.min(row[j] + 1, last[j + 1] + 1, last[j] + (word[i] === other[j] ? 0 : 1));
      if (i && j && word[i] === other[j - 1] && word[i - 1] === other[j]) best = Math.min(best, before[j - 1] + 1);
      row.push(best);
    }
    before = last;
  }
  return row;
}
