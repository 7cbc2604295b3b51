// What the site publishes of its issuer: name, address, and every key with the time in which it signed.

import { hex, sha256 } from "./bytes.js";
import { isObject, isText, readObject } from "./json.js";

export const LEEWAY = 5 * 60 * 1000; // ms that the issuer's clock may be ahead of this one
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds of a time with its zone, or NaN. */
export const timeOf = (text) => (isText(text) && TIME.test(text) ? Date.parse(text) : NaN);

/** The issuer of the text of `issuer.json`, or null where it cannot be used. */
export function readIssuer(text) {
  const read = readObject(text);
  if (read?.schema !== "issuer/1" || ![read.id, read.name, read.url, read.status].every(isText)) return null;
  if (!Array.isArray(read.keys) || !read.keys.length || !read.keys.every(isKey)) return null;
  return {
    id: read.id,
    listAddress: `${read.url}issuer/${read.status}`,
    keyNamed: (kid) => read.keys.find((key) => key.kid === kid),
    keyOfCertificate: (der) => keyOfCertificate(read.keys, der),
  };
}

function isKey(key) {
  if (!isObject(key) || !isText(key.kid) || !isObject(key.jwk) || !isObject(key.pdf)) return false;
  const ends = key.until === null || !Number.isNaN(timeOf(key.until));
  return ends && !Number.isNaN(timeOf(key.from)) && typeof key.compromised === "boolean";
}

async function keyOfCertificate(keys, der) {
  const digest = hex(await sha256(der));
  return keys.find(({ pdf }) => pdf.sha256 === digest);
}

/** Whether a key was in use at a time (ms). */
export const inUse = ({ from, until }, time) => timeOf(from) <= time && (until === null || time <= timeOf(until));
