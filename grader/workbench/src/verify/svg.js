// The certificate in an SVG: one element openbadges:credential (Open Badges 3.0), and the drawing without it.
// Asked in the order of grader/certificate/baking.py.  The drawing is read and never shown.

import { concatenated, latin1, stripped, utf8 } from "./bytes.js";
import { need } from "./refused.js";

const ELEMENT = /<openbadges:credential xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0" verify="([A-Za-z0-9_.-]+)"\/>/g;
const DECLARED = /<!(DOCTYPE|ENTITY)|<\?xml-stylesheet/i;

/** Return the token and the drawing without it. */
export function openSvg(bytes) {
  const text = latin1(bytes);
  // Nothing is declared in a certificate; whoever declares entities wants to say one thing and show another.
  need(!DECLARED.test(text) && !text.includes("\0"), "picture_unsafe");
  need(stripped(text).endsWith("</svg>"), "truncated");
  const credentials = count(utf8(bytes));
  need(credentials > 0, "not_a_certificate");
  need(credentials === 1, "several_credentials");
  const found = [...text.matchAll(ELEMENT)];
  need(found.length === 1, "picture_altered");
  const [{ index, 0: element, 1: token }] = found;
  return { token, picture: concatenated(bytes.subarray(0, index), bytes.subarray(index + element.length)) };
}

/** How many credentials an SVG holds, whatever prefix they have. */
function count(text) {
  need(text !== null, "picture_damaged");
  const read = new DOMParser().parseFromString(text, "image/svg+xml");
  need(read.getElementsByTagName("parsererror").length === 0, "picture_damaged");
  need(read.documentElement.localName === "svg", "not_a_certificate");
  return [...read.getElementsByTagName("*")].filter(({ localName }) => localName === "credential").length;
}
