// Files that certificates come in.  node --test
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 as zlibCrc, deflateSync } from "node:zlib";
import { ascii, concatenated, latin1 } from "../../grader/workbench/src/verify/bytes.js";
import { attachmentOf, isPdf, signatureOf } from "../../grader/workbench/src/verify/pdf.js";
import { crc32, isPng, openPng } from "../../grader/workbench/src/verify/png.js";

const START = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function chunk(kind, data) {
  const body = concatenated(ascii(kind), data);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, data.length);
  numbers.setUint32(4, zlibCrc(body));
  const bytes = new Uint8Array(numbers.buffer);
  return concatenated(bytes.subarray(0, 4), body, bytes.subarray(4));
}

const text = (data, keyword = "openbadgecredential") => chunk("iTXt", concatenated(ascii(`${keyword}\0`), data));
const plain = (token) => text(concatenated(Uint8Array.of(0, 0, 0, 0), ascii(token)));
const HEAD = chunk("IHDR", new Uint8Array(13));
const END = chunk("IEND", new Uint8Array());
const png = (...chunks) => concatenated(START, HEAD, ...chunks, END);
const refused = (act, code) => assert.rejects(async () => act(), { code });

test("checksums are those of the standard", () => {
  assert.equal(crc32(ascii("123456789")), 0xcbf43926);
});

test("a PNG yields its token and its picture without it", () => {
  const other = text(ascii("\0\0\0\0other"), "Comment");
  const { token, picture } = openPng(png(other, plain("a.b.c")));
  assert.equal(token, "a.b.c");
  assert.deepEqual(picture, png(other));
  assert.ok(isPng(png()) && !isPng(ascii("PNG")));
});

test("a PNG without, with two, or with a damaged certificate is refused", async () => {
  const bomb = text(concatenated(Uint8Array.of(1, 0, 0, 0), deflateSync(Buffer.alloc(3_000_000))));
  await refused(() => openPng(png()), "not_a_certificate");
  await refused(() => openPng(png(plain("a"), plain("a"))), "several_credentials");
  await refused(() => openPng(png(bomb)), "picture_unsafe");
  await refused(() => openPng(png(plain("\u00e9"))), "picture_unsafe");
});

test("a PNG that was cut, changed or lengthened is refused", async () => {
  const whole = png(plain("a.b.c"));
  for (const length of [9, 20, 60, whole.length - 1]) await refused(() => openPng(whole.subarray(0, length)), "truncated");
  const changed = whole.slice();
  changed[20] ^= 1;
  await refused(() => openPng(changed), "picture_damaged");
  await refused(() => openPng(concatenated(whole, ascii("more"))), "picture_damaged");
  await refused(() => openPng(concatenated(START, plain("a.b.c"), END)), "picture_damaged");
});

const ATTACHED = (data, more = "") => `20 0 obj\n<</Length ${data.length}/Type/EmbeddedFile${more}>>\nstream\n${data}\nendstream\nendobj\n`;
const CMS = `308180${"ab".repeat(128)}`;

function pdf({ body = ATTACHED("a.b.c"), hole = `<${CMS}0000>`, range = null, after = "" } = {}) {
  const head = `%PDF-1.7\n${body}28 0 obj\n<</Type/Sig/Contents `;
  const tail = (numbers) => `/ByteRange [${numbers.join(" ")}]>>\nendobj\n%%EOF\n`;
  const end = head.length + hole.length;
  let numbers = [0, head.length, end, 0];
  while (numbers[3] !== tail(numbers).length) numbers = [0, head.length, end, tail(numbers).length];
  return ascii(head + hole + tail(range ? range(numbers) : numbers) + after);
}

test("a PDF yields its attachment, packed or not", async () => {
  assert.ok(isPdf(pdf()));
  assert.equal(await attachmentOf(pdf()), "a.b.c");
  assert.equal(await attachmentOf(pdf({ body: ATTACHED(latin1(deflateSync("x.y.z")), "/Filter/FlateDecode") })), "x.y.z");
});

test("a PDF with no attachment, two, or one of another kind is refused", async () => {
  await refused(() => attachmentOf(pdf({ body: "/Names<</EmbeddedFiles 3 0 R>>" })), "not_a_certificate");
  await refused(() => attachmentOf(pdf({ body: ATTACHED("a") + ATTACHED("b") })), "several_credentials");
  await refused(() => attachmentOf(pdf({ body: ATTACHED("a.b.c", "/Filter/LZWDecode") })), "malformed_credential");
  await refused(() => attachmentOf(pdf({ body: ATTACHED("a.b.c").replace("Length 5", "Length 4") })), "malformed_credential");
  const bomb = ATTACHED(latin1(deflateSync(Buffer.alloc(3_000_000))), "/Filter/FlateDecode");
  await refused(() => attachmentOf(pdf({ body: bomb })), "malformed_credential");
});

test("a signature covers all of a PDF but itself", () => {
  const { covered, cms } = signatureOf(pdf());
  assert.equal(covered.length, pdf().length - `<${CMS}0000>`.length);
  assert.equal(cms.length, CMS.length / 2);
});

test("a PDF whose signature leaves anything out is refused", async () => {
  await refused(() => signatureOf(ascii("%PDF-1.7\n%%EOF")), "pdf_unsigned");
  await refused(() => signatureOf(pdf().subarray(0, 90)), "truncated");
  const ranges = [([, ...rest]) => [1, ...rest], ([a, b, c, d]) => [a, b - 9, c, d], ([a, b, c, d]) => [a, b, c + 9, d - 9], ([a, b, c, d]) => [a, b, c, d - 1], ([a, , c]) => [a, c, c, 0]];
  for (const range of ranges) await refused(() => signatureOf(pdf({ range })), "pdf_changed");
  for (const hole of [`<${CMS}0001>`, `<${CMS}) /Secret (00>`, `(${CMS})`, "<00>", "<3082ffff00>", "<>"]) await refused(() => signatureOf(pdf({ hole })), "pdf_changed");
  await refused(() => signatureOf(pdf({ after: "5 0 obj\n%%EOF\n" })), "pdf_changed");
  await refused(() => signatureOf(pdf({ body: `${ATTACHED("a")}/ByteRange [0 1 2 3]` })), "pdf_changed");
});
