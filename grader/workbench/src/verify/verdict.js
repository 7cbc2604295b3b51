// Whether a certificate holds: the same rules in the same order as grader/certificate/verify.py, so that both say the same.

import { integrity, latin1, stripped } from "./bytes.js";
import { checkClaims } from "./claims.js";
import { isFor } from "./holder.js";
import { inUse, LEEWAY, readIssuer, timeOf } from "./issuer.js";
import { readSigned } from "./jws.js";
import { attachmentOf, isPdf, signatureOf } from "./pdf.js";
import { isPng, openPng } from "./png.js";
import { need, Refused } from "./refused.js";
import { checkStatus } from "./status.js";
import { openSvg } from "./svg.js";

export const LARGEST = 10_000_000; // bytes of the largest file that is read

/** The site publishes no issuer that can be used: nothing can be told of any certificate. */
export class NoIssuerError extends Error {}

/**
 * Say whether a file is a certificate that holds: `{valid, reasons, shown}`, with codes as reasons and what the issuer signed.
 *
 * `bytes` is null for a file that is too large to be read; `trust` has the texts of `issuer.json` and `status.jwt`, null where
 * one is missing; `now` is a time in ms, `holder` a name, an address or ""; `readPdf` loads pdfsignature.js.
 */
export async function verdictOf(bytes, trust, { now, holder, readPdf }) {
  const issuer = trust.issuer === null ? null : readIssuer(trust.issuer);
  if (!issuer) throw new NoIssuerError();
  try {
    const signed = await signedIn(bytes, issuer, readPdf);
    const reasons = await faultsOf(signed, { issuer, status: trust.status, now, holder });
    return { valid: reasons.length === 0, reasons, shown: signed.claims };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { valid: false, reasons: [error.code], shown: null };
  }
}

async function signedIn(bytes, issuer, readPdf) {
  need(bytes && bytes.length <= LARGEST, "too_large");
  const carried = await open(bytes, issuer, readPdf);
  const { claims, key } = await readSigned(carried.token, issuer.keyNamed);
  checkClaims(claims);
  need(!key.compromised, "key_compromised");
  need(!carried.pdfKey || carried.pdfKey.kid === key.kid, "pdf_credential_mismatch");
  return { claims, key, carried };
}

/** Take the token out of a file, whose content says what it is, never its name. */
async function open(bytes, issuer, readPdf) {
  if (isPng(bytes)) return { media: "image/png", ...openPng(bytes) };
  if (isPdf(bytes)) return openPdf(bytes, issuer, readPdf);
  const text = stripped(latin1(bytes));
  return text.startsWith("<") ? { media: "image/svg+xml", ...openSvg(bytes) } : { token: text };
}

/** A PDF is the issuer's as it stands, or nothing is taken out of it. */
async function openPdf(bytes, issuer, readPdf) {
  const signature = signatureOf(bytes);
  const { signerOf } = await readPdf();
  const signer = await signerOf(signature);
  need(signer, "pdf_changed");
  const pdfKey = await issuer.keyOfCertificate(signer.certificate);
  need(pdfKey, "pdf_signer_unknown");
  need(signer.verified, "pdf_changed");
  return { token: await attachmentOf(bytes), pdfKey };
}

/** Every reason against a certificate whose signature fits, always in this order. */
async function faultsOf({ claims, key, carried }, { issuer, status, now, holder }) {
  const from = timeOf(claims.validFrom);
  const found = [
    claims.issuer.id !== issuer.id && "wrong_issuer",
    !inUse(key, from) && "key_retired",
    now > timeOf(claims.validUntil) && "expired",
    // No list can know of a certificate that is yet to be issued.
    now + LEEWAY < from ? "not_yet_valid" : await codeOf(checkStatus(claims, status, issuer, now)),
    carried.picture && !(await isPictureOf(claims, carried)) && "picture_altered",
    holder && !(await isFor(claims, holder)) && "other_person",
  ];
  return found.filter(Boolean);
}

const codeOf = (check) => check.then(() => null, (error) => {
  if (error instanceof Refused) return error.code;
  throw error;
});

async function isPictureOf({ relatedResource }, { media, picture }) {
  return relatedResource.find(({ mediaType }) => mediaType === media)?.digestSRI === (await integrity(picture));
}
