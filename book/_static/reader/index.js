// What every page of the book loads: progress, the quiz, and reading without a connection.

import { start as diagnostic } from "./diagnostic.js";
import { start as offline } from "./offline.js";
import { start as progressPage } from "./progress-page.js";
import { start as sidebar } from "./sidebar.js";
import { today, update } from "./store.js";

document.addEventListener("cbp:checked", ({ detail }) => {
  const { id, points, possible } = detail;
  update((data) => {
    const best = data.checked[id];
    if (!best || points / (possible || 1) >= best.points / (best.possible || 1)) data.checked[id] = { points, possible, on: today() };
  });
});

for (const start of [sidebar, progressPage, diagnostic]) {
  try {
    start();
  } catch (error) {
    console.error("A part of the page did not start; the others do.", error);
  }
}
offline().catch((error) => console.warn("The course cannot be kept for reading offline here.", error));
