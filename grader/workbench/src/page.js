// The host of the workbench on a page of the book: finds the cases, keeps the answers in this browser,
// and has them checked by the grader in a worker.  Nothing is sent anywhere.

import { Grader } from "./grader.js";
import { PageModel } from "./model.js";
import workbench from "./workbench.js";

const MARK = ".cbp-workbench[data-case]";
const graders = new Map();

function graderAt(base, limit) {
  if (!graders.has(base)) graders.set(base, new Grader(base, limit));
  return graders.get(base);
}

/** Put the workbench in the place of what a reader without JavaScript sees. */
function mount(section) {
  if (section.dataset.mounted) return;
  const data = JSON.parse(section.querySelector("script.cbp-case").textContent);
  const base = new URL(section.dataset.base, document.baseURI).href.replace(/\/?$/, "/");
  const grader = graderAt(base, Number(section.dataset.startLimit) || undefined);
  const model = new PageModel(data, `${base}codes.bin`);
  model.on("change:check", () => check(model, grader));
  const place = document.createElement("div");
  section.append(place);
  try {
    workbench.render({ model, el: place });
  } catch (error) {
    place.remove();
    throw error;
  }
  section.dataset.mounted = "true";
  section.querySelector(".cbp-reader")?.remove();
  // Whoever starts to answer will want a check; starting Python takes seconds, which those who only read are spared.
  section.addEventListener("focusin", () => whenIdle(() => grader.warm()), { once: true });
}

async function check(model, grader) {
  const number = model.get("check");
  const data = model.get("case");
  const finish = (result) => number === model.get("check") && model.tell({ result: { ...result, check: number }, status: "" });
  const wait = (text) => number === model.get("check") && model.tell({ status: text });
  try {
    const result = await grader.check(data, model.get("answers"), wait);
    finish(result);
    tellPage(data.id, result);
  } catch (error) {
    finish({ error: `${error.message} Your answers are kept in this browser.` });
  }
}

/** Tell the page's own scripts what a check came to; they keep the reader's progress. */
function tellPage(id, { points, possible, items }) {
  const answered = Object.values(items).some((item) => item.state === "scored");
  if (answered) document.dispatchEvent(new CustomEvent("cbp:checked", { detail: { id, points, possible } }));
}

const whenIdle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 200));

function tryToMount(section) {
  try {
    mount(section);
  } catch (error) {
    // The case stays readable as the page has it.
    console.error(`The workbench of ${section.dataset.case} did not start.`, error);
  }
}

/** A folded case gets its workbench when it is opened: a page may list many. */
function start() {
  for (const section of document.querySelectorAll(MARK)) {
    const fold = section.closest("details.cbp-fold");
    if (!fold || fold.open) tryToMount(section);
    else fold.addEventListener("toggle", () => tryToMount(section), { once: true });
  }
  addEventListener("hashchange", openNamed);
  openNamed();
}

/** A link to a folded case opens it. */
function openNamed() {
  const fold = document.getElementById(location.hash.slice(1)); // ids of cases need no decoding
  if (!fold?.matches("details.cbp-fold")) return;
  fold.open = true;
  fold.scrollIntoView();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
