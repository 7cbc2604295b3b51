// A signed token (JWS, compact): one spelling, one way of signing, and keys from nowhere but the issuer's list.
// Asked in the order of grader/certificate/jws.py.

import { ascii, fromBase64Url, utf8 } from "./bytes.js";
import { readObject } from "./json.js";
import { need, Refused } from "./refused.js";

const LARGEST = 65_536; // characters of a credential or a list
const HEADER = 2048;
const SIGNATURE = 64; // bytes: Ed25519
const ALLOWED = new Set(["alg", "kid", "typ"]);

/** Read what an issuer signed; `keyNamed(kid)` finds its keys.  Returns the claims and the key. */
export async function readSigned(token, keyNamed) {
  const [head, body, signature] = partsOf(token);
  const key = keyFor(objectOf(decoded(head, "not_a_certificate").subarray(0, HEADER), "not_a_certificate"), keyNamed);
  const sealed = decoded(signature, "bad_signature");
  need(sealed.length >= SIGNATURE, "truncated");
  need(await isSignedBy(key.jwk, sealed, ascii(`${head}.${body}`)), "bad_signature");
  return { claims: objectOf(decoded(body, "malformed_credential"), "malformed_credential"), key };
}

function partsOf(token) {
  need(token.length <= LARGEST, "too_large");
  need(/^ey[A-Za-z0-9_.-]*$/.test(token), "not_a_certificate");
  const parts = token.split(".");
  need(parts.length >= 3, "truncated");
  need(parts.length === 3, "not_a_certificate");
  return parts;
}

/** The key that a header names; what else a header asks for is refused, not followed. */
function keyFor(header, keyNamed) {
  need(header.alg === "EdDSA", "wrong_algorithm");
  const usual = Object.keys(header).every((name) => ALLOWED.has(name)) && (header.typ === undefined || header.typ === "JWT");
  need(usual, "header_not_allowed");
  const key = keyNamed(header.kid);
  need(key, "unknown_key");
  return key;
}

function decoded(part, code) {
  const bytes = fromBase64Url(part);
  need(bytes, code);
  return bytes;
}

function objectOf(bytes, code) {
  const value = readObject(utf8(bytes) ?? "");
  need(value, code);
  return value;
}

async function isSignedBy({ kty, crv, x }, signature, signed) {
  try {
    const key = await crypto.subtle.importKey("jwk", { kty, crv, x }, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, signed);
  } catch (error) {
    if (error.name === "NotSupportedError" || !globalThis.crypto?.subtle) throw new OldBrowserError();
    throw new Refused("unknown_key");
  }
}

/** The browser cannot check such signatures: nothing was found out about the certificate. */
export class OldBrowserError extends Error {}
