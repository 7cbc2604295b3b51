// The page that checks certificates.  Files are read in this browser; all that is fetched is what the site's own issuer publishes.

import { h } from "../dom.js";
import { entrance } from "./entrance.js";
import { OldBrowserError } from "./jws.js";
import { resultOf, withoutResult } from "./result.js";
import { LARGEST, NoIssuerError, verdictOf } from "./verdict.js";

const OLD = "This browser is too old to check signatures. Nothing was found out about this certificate. Use a current version of Chrome, Edge, Firefox or Safari.";
const NO_ISSUER = "This site publishes no issuer of certificates, or it cannot be reached now. Nothing was found out about this certificate. Try again on the site that the certificate names.";

const NOT_SECURE = "Signatures can be checked on a page with https:// alone. Open this page at such an address.";

function mount(place) {
  const said = h("p", { role: "status", class: "verify-said" });
  const results = h("div", { class: "verify-results" });
  const sources = trustFrom(new URL(place.dataset.issuer, document.baseURI));
  const readPdf = () => import(new URL(place.dataset.pdf, document.baseURI).href);
  // What was found stands below for those who see it.
  const say = (text, seen) => {
    said.textContent = text;
    said.classList.toggle("cbp-unseen", !seen);
  };
  const check = async (files, holder) => {
    say("Checking …", true);
    const trust = await sources();
    const done = [];
    for (const file of files) done.push(await resultFor(file, trust, holder, readPdf));
    results.prepend(...done.map(({ element }) => element));
    say(done.map(({ words }) => words).join(" "), false);
    done[0]?.element.querySelector("h3").focus();
  };
  place.replaceChildren(...entrance(check), said, results);
}

/** What the issuer publishes, fetched anew for each check: a kept list could be from before a certificate was withdrawn. */
function trustFrom(base) {
  const text = async (name) => {
    try {
      const response = await fetch(new URL(name, base), { cache: "no-store", credentials: "omit", redirect: "error" });
      return response.ok ? await response.text() : null;
    } catch {
      return null; // no connection, or no such file: the verdict says what that means
    }
  };
  return async () => ({ issuer: await text("issuer.json"), status: await text("status.jwt") });
}

async function resultFor({ name, size, bytes }, trust, holder, readPdf) {
  if (!globalThis.isSecureContext) return withoutResult(name, NOT_SECURE);
  try {
    const read = size > LARGEST ? null : await bytes();
    return resultOf(name, await verdictOf(read, trust, { now: Date.now(), holder, readPdf }));
  } catch (error) {
    if (error instanceof NoIssuerError) return withoutResult(name, NO_ISSUER);
    if (error instanceof OldBrowserError) return withoutResult(name, OLD);
    console.error(error);
    return withoutResult(name, "This file could not be read here. Nothing was found out about it. Load the page again and try once more.");
  }
}

for (const place of document.querySelectorAll(".verify[data-issuer]")) mount(place);

// For who wants to check many files at once from the console, and for the tests.
export { verdictOf };
