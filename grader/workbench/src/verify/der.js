// Reading DER (X.690) with one spelling for everything: what is written in any other way is not read.  As grader/certificate/der.py.

import { concatenated } from "./bytes.js";

export const [SEQUENCE, SET, OCTETS, INTEGER, OID, FIRST] = [0x30, 0x31, 0x04, 0x02, 0x06, 0xa0];

/** Bytes are not of the spelling that is read. */
export class SpellingError extends Error {}

const ask = (holds) => {
  if (!holds) throw new SpellingError();
};

/** The part that some bytes begin with: its tag, its content, and all of it. */
export function first(data) {
  ask(data.length >= 2);
  const digits = data[1] < 0x80 ? 0 : data[1] - 0x80;
  ask(data[1] !== 0x80 && digits <= 3 && data.length >= 2 + digits);
  const head = 2 + digits;
  const size = digits ? data.subarray(2, head).reduce((sum, byte) => sum * 256 + byte, 0) : data[1];
  ask(same(lengthOf(size), data.subarray(1, head)) && data.length >= head + size);
  return { tag: data[0], content: data.subarray(head, head + size), whole: data.subarray(0, head + size) };
}

/** The parts that stand in a row. */
export function partsOf(data) {
  const found = [];
  for (let at = 0; at < data.length; at += found.at(-1).whole.length) found.push(first(data.subarray(at)));
  return found;
}

/** The parts that stand in a row, which must have just these tags. */
export function inside(data, ...tags) {
  const found = partsOf(data);
  ask(found.length === tags.length && found.every(({ tag }, at) => tag === tags[at]));
  return found;
}

export function write(tag, ...content) {
  const joined = concatenated(...content);
  return concatenated(Uint8Array.of(tag), lengthOf(joined.length), joined);
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

function lengthOf(size) {
  if (size < 0x80) return Uint8Array.of(size);
  const digits = [];
  for (let rest = size; rest; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(0x80 + digits.length, ...digits);
}

const WIDTH = 32; // bytes of a number of P-256

/** The two numbers of a signature (RFC 3279, 2.2.3) in a row, as Web Cryptography asks for them. */
export function rawSignature(der) {
  const whole = first(der);
  ask(whole.tag === SEQUENCE && whole.whole.length === der.length);
  return concatenated(...inside(whole.content, INTEGER, INTEGER).map(({ content }) => padded(content)));
}

function padded(number) {
  ask(number.length && number[0] < 0x80);
  const bare = number[0] === 0 && number.length > 1 ? number.subarray(1) : number;
  ask(bare.length <= WIDTH && (bare.length === number.length || bare[0] >= 0x80));
  return concatenated(new Uint8Array(WIDTH - bare.length), bare);
}
