// The signature of a PDF is read in one spelling alone.  node --test
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex, hex } from "../../grader/workbench/src/verify/bytes.js";
import { first, inside, rawSignature, SpellingError, write } from "../../grader/workbench/src/verify/der.js";
import { signerOf } from "../../grader/workbench/src/verify/pdfsignature.js";

const refused = (act) => assert.throws(act, SpellingError);

test("what is written is read again, short or long", () => {
  for (const size of [0, 1, 127, 128, 255, 256, 70_000]) {
    const { tag, content, whole } = first(write(0x30, new Uint8Array(size)));
    assert.deepEqual([tag, content.length, whole.length > size], [0x30, size, true]);
  }
});

test("another spelling of a length, none, or one beyond the end is refused", () => {
  for (const digits of ["", "30", "3080", "308001ff", "30820001ff", "3002ff", "30840000000100"]) refused(() => first(fromHex(digits)));
  refused(() => inside(fromHex("02010102"), 0x02));
  refused(() => inside(fromHex("020101"), 0x04));
});

test("the two numbers of a signature come out in full width", () => {
  assert.equal(hex(rawSignature(fromHex("30060201010201ff".replace("0201ff", "02017f")))), `${"00".repeat(31)}01${"00".repeat(31)}7f`);
  const high = `022100${"ff".repeat(32)}`;
  assert.equal(hex(rawSignature(fromHex(`3046${high}${high}`))), "ff".repeat(64));
});

test("numbers below zero, padded, too long, or with something beside them are refused", () => {
  for (const digits of ["30060201ff020101", "3007020200010201" + "01", "3006020101020101" + "00", "3003020101", `3026022101${"00".repeat(32)}020101`, "3105020101" + "0200"]) {
    refused(() => rawSignature(fromHex(digits)));
  }
});

test("what is no container names no signer", async () => {
  for (const digits of ["", "3000", "3003020101"]) assert.equal(await signerOf({ covered: new Uint8Array(), cms: fromHex(digits) }), null);
});
