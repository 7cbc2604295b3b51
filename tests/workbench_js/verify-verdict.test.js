// A certificate against what its issuer publishes, without a browser.  node --test
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ascii } from "../../grader/workbench/src/verify/bytes.js";
import { linesOf } from "../../grader/workbench/src/verify/shown.js";
import { NoIssuerError, verdictOf } from "../../grader/workbench/src/verify/verdict.js";

const SITE = "https://course.example.org/";
const ID = "urn:uuid:3b847788-7f9e-48c8-8f3b-171af64d97d5";
const NOW = Date.parse("2026-11-26T12:00:00Z");
const PAIR = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
const JWK = await crypto.subtle.exportKey("jwk", PAIR.publicKey);
const url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function signed(claims) {
  const text = `${url({ alg: "EdDSA", kid: "k1" })}.${url(claims)}`;
  return `${text}.${Buffer.from(await crypto.subtle.sign("Ed25519", PAIR.privateKey, ascii(text))).toString("base64url")}`;
}

const issuer = (key = {}, more = {}) =>
  JSON.stringify({
    schema: "issuer/1", id: `${SITE}issuer/issuer.json`, name: "Example College", url: SITE, status: "status.jwt",
    keys: [{ kid: "k1", jwk: { kty: "OKP", crv: "Ed25519", x: JWK.x }, pdf: { sha256: "" }, from: "2026-01-01T00:00:00Z", until: null, compromised: false, ...key }],
    ...more,
  });

function credential(changes = {}) {
  const dates = { validFrom: "2026-11-01T08:00:00Z", validUntil: "2028-11-01T08:00:00Z" };
  const all = {
    id: ID, type: ["VerifiableCredential", "OpenBadgeCredential"], name: "Coder", issuer: { id: `${SITE}issuer/issuer.json`, name: "Example College" },
    ...dates, awardedDate: "2026-10-31T23:30:00Z",
    credentialSubject: {
      type: ["AchievementSubject"],
      achievement: { id: "a", name: "Coder <b>", description: "Codes.", resultDescription: [{ id: "a#codes", name: "Codes", resultType: "Percent", requiredValue: "95" }, { id: "a#flag", name: "Red flag missed (cases, at most)", resultType: "RawScore", requiredValue: "0" }] },
      identifier: [{ type: "IdentityObject", identityType: "name", hashed: false, identityHash: "Žofia Đặng" }],
      result: [{ resultDescription: "a#codes", value: "97.14" }, { resultDescription: "a#flag", value: "0" }, { resultDescription: "a#none", value: "1" }],
    },
    evidence: [{ name: "Code set", narrative: "ICD-10-CM FY2027" }],
    credentialStatus: { type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "9", statusListCredential: `${SITE}issuer/status.jwt` },
    relatedResource: [],
    ...changes,
  };
  const seconds = (time) => Date.parse(time) / 1000;
  return { iss: all.issuer.id, jti: ID, nbf: seconds(all.validFrom), exp: seconds(all.validUntil), ...all, ...changes };
}

const packed = (change = () => {}, size = 16_384) => {
  const bits = Buffer.alloc(size);
  change(bits);
  return `u${gzipSync(bits).toString("base64url")}`;
};

const list = (encodedList = packed(), changes = {}) => ({
  id: `${SITE}issuer/status.jwt`, issuer: `${SITE}issuer/issuer.json`, type: ["VerifiableCredential", "BitstringStatusListCredential"],
  validFrom: "2026-11-20T00:00:00Z", validUntil: "2026-12-20T00:00:00Z",
  credentialSubject: { type: "BitstringStatusList", statusPurpose: "revocation", encodedList }, ...changes,
});

async function reasons(claims = credential(), { status = list(), keys = issuer(), now = NOW, holder = "" } = {}) {
  const trust = { issuer: keys, status: status && (await signed(status)) };
  return (await verdictOf(ascii(await signed(claims)), trust, { now, holder })).reasons;
}

test("a certificate in date, not withdrawn, of this issuer holds, and what it says is shown as text", async () => {
  const trust = { issuer: issuer(), status: await signed(list()) };
  const verdict = await verdictOf(ascii(`\n${await signed(credential())}\n`), trust, { now: NOW, holder: "ŽOFIA đặng" });
  assert.deepEqual([verdict.valid, verdict.reasons], [true, []]);
  const lines = Object.fromEntries(linesOf(verdict.shown));
  assert.equal(lines.Certificate, "Coder <b>");
  assert.equal(lines["Exam passed on"], "31 October 2026");
  assert.equal(lines.Codes, "97.14 % (at least 95 %)");
  assert.equal(lines["Red flag missed"], "0 (at most 0)");
  assert.equal(lines["Code set"], "ICD-10-CM FY2027");
});

test("every fault of what the issuer has signed is told, in one order", async () => {
  const other = { id: "https://other.example/", name: "Other" };
  assert.deepEqual(await reasons(credential({ issuer: other })), ["wrong_issuer"]);
  assert.deepEqual(await reasons(credential(), { keys: issuer({ until: "2026-10-01T00:00:00Z" }), status: null, holder: "Other" }), ["key_retired", "status_unavailable", "other_person"]);
  assert.deepEqual(await reasons(credential(), { now: NOW + 800 * 86_400_000 }), ["expired", "status_out_of_date"]);
  assert.deepEqual(await reasons(credential({ validFrom: "2026-12-01T00:00:00Z" })), ["not_yet_valid"]);
  assert.deepEqual(await reasons(credential(), { keys: issuer({ compromised: true }) }), ["key_compromised"]);
});

test("a set bit is a certificate that was withdrawn, and only that one", async () => {
  assert.deepEqual(await reasons(credential(), { status: list(packed((bits) => { bits[1] = 0b0100_0000; })) }), ["revoked"]);
  assert.deepEqual(await reasons(credential(), { status: list(packed((bits) => { bits.fill(255); bits[1] = 0b1011_1111; })) }), []);
});

test("a list that cannot be read tells nothing good", async () => {
  for (const encoded of ["", "u", "uAAAA", packed().slice(1), packed(undefined, 100), packed(undefined, 6_000_000)]) {
    assert.deepEqual(await reasons(credential(), { status: list(encoded) }), ["status_unavailable"], encoded.slice(0, 20));
  }
  assert.deepEqual(await reasons(credential(), { status: list(packed(), { id: "https://a.example/" }) }), ["status_wrong_list"]);
  assert.deepEqual(await reasons(credential(), { status: list(packed(), { validUntil: undefined }) }), ["status_out_of_date"]);
  assert.deepEqual(await reasons(credential(), { status: list(packed(), { validFrom: "2026-10-01T00:00:00Z" }) }), ["status_out_of_date"]);
});

test("claims that are not a certificate's are refused before anything of them is shown", async () => {
  const status = credential().credentialStatus;
  const changes = [
    { type: ["VerifiableCredential"] }, { id: "1" }, { jti: "urn:uuid:0" }, { exp: 9 }, { nbf: "x" }, { iss: "https://a.example/" }, { evidence: "x" },
    { credentialStatus: undefined }, { validUntil: "2028-11-01" }, { credentialSubject: { ...credential().credentialSubject, identifier: [] } },
    ...["-1", "1e3", "007", 9, "99999999"].map((statusListIndex) => ({ credentialStatus: { ...status, statusListIndex } })),
  ];
  for (const change of changes) assert.deepEqual(await reasons(credential(change)), ["malformed_credential"], JSON.stringify(change));
});

test("without an issuer nothing is told, good or bad", async () => {
  const of = async (text) => verdictOf(ascii(await signed(credential())), { issuer: text, status: null }, { now: NOW, holder: "" });
  const odd = [null, "", "{}", "<html>", issuer({}, { schema: "issuer/2" }), issuer({}, { keys: [] }), issuer({ from: "yesterday" }), issuer({ compromised: "no" })];
  for (const text of odd) await assert.rejects(of(text), NoIssuerError);
});

test("a file larger than any certificate is not read", async () => {
  const trust = { issuer: issuer(), status: null };
  for (const bytes of [null, new Uint8Array(10_000_001)]) assert.deepEqual((await verdictOf(bytes, trust, { now: NOW, holder: "" })).reasons, ["too_large"]);
});
