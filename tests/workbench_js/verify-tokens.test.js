// Reading what a certificate is made of: bytes, JSON, tokens.  node --test
import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii, fromBase64Url, fromHex, integrity, stripped, unpacked, utf8 } from "../../grader/workbench/src/verify/bytes.js";
import { folded } from "../../grader/workbench/src/verify/holder.js";
import { readObject } from "../../grader/workbench/src/verify/json.js";
import { readSigned } from "../../grader/workbench/src/verify/jws.js";

const url = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
test("base64url has one spelling of the same bytes", () => {
  assert.deepEqual(fromBase64Url("AQID-_8"), Uint8Array.of(1, 2, 3, 251, 255));
  assert.deepEqual(fromBase64Url(""), new Uint8Array());
  for (const text of ["AQID-_8=", "AQID+/8", "AQ ID", "AQID\n", "A", "AR", "AQJ"]) assert.equal(fromBase64Url(text), null, text);
});

test("hexadecimal digits come in pairs", () => {
  assert.deepEqual(fromHex("00fF"), Uint8Array.of(0, 255));
  assert.equal(fromHex("00f"), null);
});

test("white space around a text goes, however much it is", () => {
  assert.equal(stripped(" \t\r\n a b\u00a0\n"), "a b\u00a0");
  assert.equal(stripped(" ".repeat(1_000_000)), "");
});

test("text is UTF-8 or none", () => {
  assert.equal(utf8(new TextEncoder().encode("Žofia Đặng")), "Žofia Đặng");
  assert.equal(utf8(Uint8Array.of(0xc3, 0x28)), null);
});

test("a picture's digest is spelled as in the standard", async () => {
  assert.equal(await integrity(ascii("abc")), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
});

test("what is packed has a bound, whatever it says", async () => {
  const packed = new Uint8Array(await new Response(new Blob([new Uint8Array(2_000_000)]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
  assert.equal((await unpacked(packed, "gzip", 2_000_000)).length, 2_000_000);
  assert.equal(await unpacked(packed, "gzip", 1_999_999), null);
  assert.equal(await unpacked(packed.subarray(0, 200), "gzip", 2_000_000), null);
  assert.equal(await unpacked(packed, "deflate", 2_000_000), null);
});

test("JSON that says two things under one name says nothing", () => {
  assert.deepEqual(readObject('{"a": {"b": [1, "x\\"}"]}, "c": {"b": 2}}'), { a: { b: [1, 'x"}'] }, c: { b: 2 } });
  for (const text of ['{"a": 1, "a": 1}', '{"x": [{"a": 1, "\\u0061": 2}]}', '{"a": "\\ud800"}', "[]", "null", "7", '{"a": NaN}', "{", ""]) {
    assert.equal(readObject(text), undefined, text);
  }
  assert.notEqual(readObject(`${'{"a":'.repeat(60)}1${"}".repeat(60)}`), undefined);
  assert.equal(readObject(`${'{"a":'.repeat(99)}1${"}".repeat(99)}`), undefined);
});

const [mine, other] = await Promise.all([1, 2].map(() => crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])));
const jwkOf = ({ publicKey }) => crypto.subtle.exportKey("jwk", publicKey);
const KEYS = new Map([["k1", { kid: "k1", jwk: await jwkOf(mine) }], ["k2", { kid: "k2", jwk: await jwkOf(other) }]]);
const keyNamed = (kid) => KEYS.get(kid);

async function token({ header = { alg: "EdDSA", kid: "k1", typ: "JWT" }, claims = { score: 97 }, key = mine } = {}) {
  const signed = `${url(header)}.${url(claims)}`;
  return `${signed}.${Buffer.from(await crypto.subtle.sign("Ed25519", key.privateKey, ascii(signed))).toString("base64url")}`;
}
const refused = (text, code) => assert.rejects(readSigned(text, keyNamed), { code }, text.slice(0, 80));

test("what a key of the issuer has signed is read, with the key", async () => {
  const { claims, key } = await readSigned(await token(), keyNamed);
  assert.deepEqual([claims, key.kid], [{ score: 97 }, "k1"]);
});

test("a signature fits its own words and its own key", async () => {
  const [head, , signature] = (await token()).split(".");
  await refused(`${head}.${url({ score: 99 })}.${signature}`, "bad_signature");
  await refused(await token({ key: other }), "bad_signature");
  await refused(await token({ header: { alg: "EdDSA", kid: "k2" } }), "bad_signature");
  await refused(await token({ header: { alg: "EdDSA", kid: "k3" } }), "unknown_key");
});

test("a header may name a key and nothing that changes the rules", async () => {
  for (const alg of ["none", "None", "HS256", "RS256", "ES256", "", null, undefined, ["EdDSA"]]) {
    await refused(await token({ header: { alg, kid: "k1" } }), "wrong_algorithm");
  }
  for (const more of [{ crit: ["x"] }, { jwk: KEYS.get("k1").jwk }, { jku: "https://a.example/" }, { x5c: [] }, { b64: false }, { typ: "at+jwt" }]) {
    await refused(await token({ header: { alg: "EdDSA", kid: "k1", ...more } }), "header_not_allowed");
  }
  for (const kid of [undefined, null, ["k1"], {}, 1]) await refused(await token({ header: { alg: "EdDSA", kid } }), "unknown_key");
});

test("a token has exactly three parts of clean base64url with objects in them", async () => {
  const good = await token();
  const [head, body, signature] = good.split(".");
  for (const text of ["", "a.b.c", `${good}.`, `${good}=`, ` ${good}`, `${head}.\n${body}.${signature}`, `${head}=.${body}.${signature}`, `ey.${body}.${signature}`]) await refused(text, "not_a_certificate");
  for (const text of [head, `${head}.${body}`, `${head}.${body}.`, good.slice(0, -10)]) await refused(text, "truncated");
  await refused(`${good}${"A".repeat(70_000)}`, "too_large");
  await refused(await token({ claims: [] }), "malformed_credential");
  await refused(await token({ claims: '{"score": 97, "score": 99}' }), "malformed_credential");
});

test("a person is the same in other letters of the same name, and no other person is", () => {
  for (const name of ["žofia  ŁUKASIEWICZ-đặng ", "Z\u030cofia \u0141ukasiewicz-\u0110a\u0323\u0306ng", "Žofia\u00a0Łukasiewicz-Đặng"]) {
    assert.equal(folded(name), folded("Žofia Łukasiewicz-Đặng"), name);
  }
  assert.equal(folded("STRASSER ẞ"), folded("straßer ss"));
  for (const name of ["Zofia Lukasiewicz-Dang", "Žofia", ""]) assert.notEqual(folded(name), folded("Žofia Łukasiewicz-Đặng"));
});
