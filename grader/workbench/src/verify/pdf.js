// A signed PDF as the course issues it: one signature over the whole file, and the certificate as its one attachment.
//
// What a signature of the issuer covers is the issuer's, so this reads no more of a PDF than it needs.
// Asked in the order of grader/certificate/pdf.py.

import { concatenated, fromHex, latin1, stripped, unpacked } from "./bytes.js";
import { need } from "./refused.js";

const LONGEST = 256 * 1024; // bytes of the attachment
const ENTRY = 2000; // characters of the longest dictionary that is read
const RANGE = /\/ByteRange\s{0,99}\[\s{0,99}(\d{1,9})\s{1,99}(\d{1,9})\s{1,99}(\d{1,9})\s{1,99}(\d{1,9})\s{0,99}\]/g;
const EMBEDDED = /\/Type\s{0,9}\/EmbeddedFile(?!\w)/g;

export const isPdf = (bytes) => latin1(bytes.subarray(0, 5)) === "%PDF-";

/** Return what the signature covers and the signature itself (CMS); the one thing that it may leave out is itself. */
export function signatureOf(bytes) {
  const text = latin1(bytes);
  need(stripped(text.slice(-1024)).endsWith("%%EOF"), "truncated");
  const ranges = [...text.matchAll(RANGE)];
  need(ranges.length > 0, "pdf_unsigned");
  need(ranges.length === 1, "pdf_changed");
  const [from, before, after, rest] = ranges[0].slice(1).map(Number);
  need(from === 0 && before < after && after + rest === bytes.length, "pdf_changed");
  const cms = fromHole(text.slice(before, after));
  need(cms, "pdf_changed");
  return { covered: concatenated(bytes.subarray(0, before), bytes.subarray(after)), cms };
}

/** The signature in its place, which is longer: nothing but zeros may fill it. */
function fromHole(hole) {
  if (hole[0] !== "<" || hole.at(-1) !== ">" || /[^0-9A-Fa-f]/.test(hole.slice(1, -1))) return null;
  const bytes = fromHex(hole.slice(1, -1));
  const length = bytes && derLength(bytes);
  return length && bytes.subarray(length).every((byte) => byte === 0) ? bytes.subarray(0, length) : null;
}

/** How long a sequence in DER says to be, or 0 where it is none. */
function derLength(bytes) {
  if (bytes[0] !== 0x30 || bytes[1] < 0x81 || bytes[1] > 0x84) return 0;
  const digits = bytes[1] - 0x80;
  const length = 2 + digits + bytes.subarray(2, 2 + digits).reduce((sum, byte) => sum * 256 + byte, 0);
  return length <= bytes.length ? length : 0;
}

/** Return the token that is attached. */
export async function attachmentOf(bytes) {
  const text = latin1(bytes);
  const entries = [...entriesOf(text)];
  need(entries.length > 0, "not_a_certificate");
  need(entries.length === 1, "several_credentials");
  const [{ dictionary, start }] = entries;
  const length = Number(/\/Length (\d{1,8})(?![ \d]*R)/.exec(dictionary)?.[1]);
  const ends = text.slice(start + length, start + length + 12);
  need(/^\s{0,2}endstream/.test(ends), "malformed_credential");
  const filter = /\/Filter\s{0,9}\[?\s{0,9}\/(\w{1,20})/.exec(dictionary)?.[1];
  need(filter === undefined || filter === "FlateDecode", "malformed_credential");
  const data = bytes.subarray(start, start + length);
  const plain = filter ? await unpacked(data, "deflate", LONGEST) : data;
  need(plain, "malformed_credential");
  return latin1(plain);
}

/** The dictionaries of attached files, each with the place where its content starts. */
function* entriesOf(text) {
  for (const { index } of text.matchAll(EMBEDDED)) {
    const open = text.lastIndexOf(" obj", index);
    const stream = text.indexOf("stream", index);
    if (open < 0 || stream < 0 || stream - open > ENTRY) continue;
    const line = text.startsWith("\r\n", stream + 6) ? 2 : 1;
    yield { dictionary: text.slice(open + 4, stream), start: stream + 6 + line };
  }
}
