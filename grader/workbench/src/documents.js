// The encounter's documents: what the trainee reads before answering.

import { h } from "./dom.js";

const HEADING = /^[^a-z]*[A-Z][^a-z]*:$/;
const TYPED = new Set(["claim", "remittance-advice"]); // set in columns, where spaces matter

/** The case's title, where and when, and its documents. */
export function showCase(data) {
  const where = [data.setting, longDate(data.encounter_date)].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "cbp-record" },
    h("h3", { class: "cbp-title" }, data.title),
    where ? h("p", { class: "cbp-where" }, where[0].toUpperCase() + where.slice(1)) : null,
    data.documents.map(showDocument),
  );
}

function showDocument({ kind, title, text }) {
  const body = h("div", { class: TYPED.has(kind) ? "cbp-text cbp-typed" : "cbp-text" });
  for (const paragraph of text.trim().split(/\n\s*\n/)) {
    let lines = [];
    const flush = () => {
      if (lines.length) body.append(h("p", {}, lines.join("\n")));
      lines = [];
    };
    for (const line of paragraph.split("\n")) {
      if (HEADING.test(line.trim())) {
        flush();
        body.append(h("h5", {}, sentence(line.trim().slice(0, -1))));
      } else lines.push(line);
    }
    flush();
  }
  const label = kind ? kind[0].toUpperCase() + kind.slice(1).replaceAll("-", " ") : "";
  return h(
    "article",
    { class: "cbp-document" },
    h("h4", {}, title || label),
    title && label ? h("p", { class: "cbp-kind" }, label) : null,
    body,
  );
}

function longDate(iso) {
  const [year, month, day] = (iso || "").split("-").map(Number);
  if (!day) return iso || "";
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

// Capitals all through are hard to read, and some screen readers spell them.
const sentence = (text) => text[0] + text.slice(1).toLowerCase();
