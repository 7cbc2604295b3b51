// What a check came to, in words and with a sign: never by color alone, and never as markup.

import { h, newId } from "../dom.js";
import reasons from "../../../certificate/reasons.json" with { type: "json" };
import { linesOf } from "./shown.js";

const VALID = { name: "valid", sign: "✓", title: "Valid" };
const NOT_VALID = { name: "not-valid", sign: "✕", title: "Not valid" };
const UNKNOWN = { name: "unknown", sign: "?", title: "Not checked" };

/** The element for a verdict and what is said of it. */
export function resultOf(name, { valid, reasons: codes, shown }) {
  const why = codes.map((code) => reasons[code] ?? code);
  const parts = [];
  if (why.length) parts.push(h("ul", { class: "verify-why" }, why.map((text) => h("li", {}, text))));
  if (shown) parts.push(h("p", {}, valid ? "The certificate says:" : "The file says:"), listed(linesOf(shown)));
  return framed(name, valid ? VALID : NOT_VALID, parts, why);
}

/** The element for a file about which nothing could be found out. */
export const withoutResult = (name, text) => framed(name, UNKNOWN, [h("p", {}, text)], [text]);

/** Frame a result; who prints it has the moment of the check on paper. */
function framed(name, { name: kind, sign, title }, parts, words) {
  const moment = new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  const heading = h("h3", { id: newId(), tabindex: "-1" }, h("span", { class: "verify-sign", "aria-hidden": "true" }, sign), ` ${title}: ${name}`);
  const element = h("section", { class: `verify-result is-${kind}`, "aria-labelledby": heading.id }, heading, ...parts, h("p", { class: "verify-when" }, `Checked on ${moment}.`));
  return { element, words: `${title}: ${name}. ${words.join(" ")}`.trim() };
}

function listed(pairs) {
  return h("dl", { class: "verify-shown" }, pairs.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
}
