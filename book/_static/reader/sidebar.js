// Progress where one looks while reading: a bar above the contents, a tick at each lesson that was read, the button at a
// lesson's end that sets it, and the result of each case on the practice pages.

import { counted, h, lessonAt } from "./dom.js";
import { progress, today, update } from "./store.js";

const links = () => [...document.querySelectorAll(".bd-sidebar-primary .bd-links a.reference.internal")].map((link) => [link, lessonAt(new URL(link.getAttribute("href"), location.href))]).filter(([, lesson]) => lesson);

function bar(all, read) {
  const old = document.querySelector(".progress-bar");
  const text = read ? `${read} of ${counted(all, "lesson")} read` : `${counted(all, "lesson")} to read`;
  const box = h("p", { class: "progress-bar" }, h("progress", { max: String(all), value: String(read), "aria-label": "Lessons read" }), h("span", {}, text));
  if (old) old.replaceWith(box);
  else document.querySelector(".bd-sidebar-primary .bd-links")?.before(box);
}

/** Say at a folded case that it was checked, and how well: many stand in a lesson, too. */
function markCases(checked) {
  for (const fold of document.querySelectorAll("details.cbp-fold")) {
    fold.querySelector(".case-checked")?.remove();
    const best = checked[fold.id];
    if (!best) continue;
    const share = Math.round((100 * best.points) / (best.possible || 1));
    fold.querySelector(".cbp-fold-facts").append(h("span", { class: "case-checked" }, ` · ✓ checked, best result ${share} %`));
  }
}

function paint() {
  const { read, checked } = progress();
  markCases(checked);
  const found = links();
  for (const [link, lesson] of found) {
    link.querySelector(".progress-tick")?.remove();
    if (read[lesson]) link.append(h("span", { class: "progress-tick" }, h("span", { "aria-hidden": "true" }, "✓"), h("span", { class: "cbp-unseen" }, " (read)")));
  }
  if (found.length) bar(found.length, found.filter(([, lesson]) => read[lesson]).length);
}

/** The button at the end of a lesson. */
function button(lesson) {
  const toggle = h("button", { type: "button", class: "mark-read" });
  const said = h("span", { class: "mark-read-said", role: "status" });
  const show = () => {
    const day = progress().read[lesson];
    toggle.classList.toggle("is-read", Boolean(day)); // its name tells the rest
    toggle.textContent = day ? "✓ Read" : "Mark this lesson as read";
  };
  toggle.addEventListener("click", () => {
    const kept = update((data) => {
      if (data.read[lesson]) delete data.read[lesson];
      else data.read[lesson] = today();
    });
    said.textContent = kept ? "" : "This browser does not let the page remember it.";
  });
  document.addEventListener("cbp:progress", show);
  show();
  document.querySelector("article.bd-article")?.append(h("p", { class: "mark-read-line" }, toggle, said));
}

/** A way back for a reader who has begun. */
function goOn() {
  const place = document.querySelector("p.start");
  const { read } = progress();
  const next = links().find(([, lesson]) => !read[lesson])?.[0];
  if (!place || !next || !Object.keys(read).length) return;
  const first = place.querySelector("a");
  first.href = next.href;
  first.textContent = `Go on: ${next.firstChild.textContent.trim()}`;
}

export function start() {
  const lesson = lessonAt(new URL(location.href));
  if (lesson) button(lesson);
  paint();
  goOn();
  document.addEventListener("cbp:progress", paint);
}
