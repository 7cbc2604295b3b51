// The certificate in a PNG: one iTXt chunk named openbadgecredential (Open Badges 3.0), and the picture without it.
// Asked in the order of grader/certificate/baking.py.

import { concatenated, latin1 } from "./bytes.js";
import { need } from "./refused.js";

const START = "\x89PNG\r\n\x1a\n";
const KEYWORD = "openbadgecredential\0";
const TEXT_HEAD = `${KEYWORD}\0\0\0\0`; // not compressed, no language, no translated keyword

export const isPng = (bytes) => latin1(bytes.subarray(0, 8)) === START;

/** Return the token and the picture without it. */
export function openPng(bytes) {
  const baked = [...chunksOf(bytes)].filter(({ kind, data }) => kind === "iTXt" && latin1(data.subarray(0, KEYWORD.length)) === KEYWORD);
  need(baked.length > 0, "not_a_certificate");
  need(baked.length === 1, "several_credentials");
  const [{ start, end, data }] = baked;
  const text = latin1(data);
  // What is compressed can grow without bounds; a certificate's never is.
  need(text.startsWith(TEXT_HEAD) && data.every((byte) => byte < 0x80), "picture_unsafe");
  return { token: text.slice(TEXT_HEAD.length), picture: concatenated(bytes.subarray(0, start), bytes.subarray(end)) };
}

/** Kind, place and content of each chunk of a PNG that is whole (PNG 3rd edition, 5.3). */
function* chunksOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = START.length, kind = ""; kind !== "IEND"; ) {
    need(start + 12 <= bytes.length, "truncated");
    const end = start + 12 + view.getUint32(start);
    need(end <= bytes.length, "truncated");
    kind = latin1(bytes.subarray(start + 4, start + 8));
    need(crc32(bytes.subarray(start + 4, end - 4)) === view.getUint32(end - 4), "picture_damaged");
    need(start > START.length || kind === "IHDR", "picture_damaged");
    need(kind !== "IEND" || end === bytes.length, "picture_damaged");
    yield { kind, start, end, data: bytes.subarray(start + 8, end - 4) };
    start = end;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

export function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
