// The issuer's list of withdrawn certificates (W3C Bitstring Status List): whatever is not sure is a no.
// Asked in the order of grader/certificate/status.py.

import { fromBase64Url, unpacked } from "./bytes.js";
import { checkList } from "./claims.js";
import { inUse, LEEWAY, timeOf } from "./issuer.js";
import { readSigned } from "./jws.js";
import { need, Refused } from "./refused.js";

const PLACES = 131_072; // the standard's least, so that a place tells nothing of how many there are
const LARGEST = 5 * 1024 * 1024; // bytes of an unpacked list

/** Refuse a credential that was withdrawn, or of which the list (its text, null where it is missing) does not surely say that it was not. */
export async function checkStatus(credential, text, issuer, now) {
  const listed = await readList(text, issuer);
  const { statusListCredential: address, statusListIndex: index } = credential.credentialStatus;
  need(listed.issuer === issuer.id && listed.id === address && address === issuer.listAddress, "status_wrong_list");
  const from = timeOf(listed.validFrom);
  const inDate = from <= now + LEEWAY && now <= timeOf(listed.validUntil) && from >= timeOf(credential.validFrom);
  need(inDate, "status_out_of_date");
  need(!(await bitAt(listed.credentialSubject.encodedList, Number(index))), "revoked");
}

async function readList(text, issuer) {
  need(text !== null, "status_unavailable");
  const { claims, key } = await readSigned(text.trim(), issuer.keyNamed).catch((error) => {
    throw error instanceof Refused ? new Refused("status_bad_signature") : error;
  });
  checkList(claims);
  need(!key.compromised && inUse(key, timeOf(claims.validFrom)), "status_bad_signature");
  return claims;
}

async function bitAt(encoded, index) {
  const packed = encoded.startsWith("u") ? fromBase64Url(encoded.slice(1)) : null;
  const bits = packed && (await unpacked(packed, "gzip", LARGEST));
  need(bits && bits.length * 8 >= PLACES, "status_unavailable");
  need(index < bits.length * 8, "status_wrong_list");
  return Boolean(bits[index >> 3] & (0x80 >> (index & 7)));
}
