// Whether a certificate is for the person of a name, or of an e-mail address where it knows one.  As grader/certificate/verify.py asks.

import { hex, sha256 } from "./bytes.js";
import { holderOf } from "./claims.js";

export async function isFor(credential, holder) {
  if (!holder.includes("@")) return folded(holderOf(credential)) === folded(holder);
  const address = holder.trim().toLowerCase();
  for (const { identityType, hashed, identityHash, salt } of credential.credentialSubject.identifier) {
    if (identityType !== "emailAddress" || !hashed) continue;
    const digest = hex(await sha256(new TextEncoder().encode(address + (salt ?? ""))));
    if (identityHash.toLowerCase() === `sha256$${digest}`) return true;
  }
  return false;
}

/** A name without differences that are none: letters' case, ways to write an accent, spaces. */
export function folded(name) {
  const alike = [...name.normalize("NFKC")].map((sign) => (sign === "ı" ? sign : sign.toLowerCase().toUpperCase().toLowerCase()));
  return alike.join("").split(/\s+/u).filter(Boolean).join(" ");
}
