// The service worker: keeps the course for reading without a connection.  Made at each build; COURSE lists every file with a
// digest, so that a new edition fetches only what changed.
//
// The network comes first: who is connected never sees an old page.  What is kept answers when the network does not.

const COURSE = /* files */ {};
const ALL = { ...COURSE.pages, ...COURSE.python };
const CACHE = `coding-back-pain ${self.registration.scope}`;
const LIST = "kept-files.json";
const PATIENCE = 4000; // ms to wait for a slow network when a kept copy is at hand
const ISSUER = "issuer/"; // what is said of certificates must never be what was said some days ago
const at = (name) => new URL(name, self.registration.scope).href;

async function keptFiles(cache) {
  const list = await cache.match(at(LIST));
  return list ? list.json() : {};
}

const note = (cache, kept) => cache.put(at(LIST), new Response(JSON.stringify(kept), { headers: { "Content-Type": "application/json" } }));

/** Change what is kept, one after the other: every page that opens asks for all, and a new edition comes in meanwhile. */
const inTurn = (change) => navigator.locks.request(CACHE, async () => {
  const cache = await caches.open(CACHE);
  await change(cache, await keptFiles(cache));
});

/** Fetch what is new or changed of some files; what came before a failure is not fetched again. */
const keep = (names) => inTurn(async (cache, kept) => {
  for (const [name, digest] of Object.entries(names)) {
    if (kept[name] === digest) continue;
    const response = await fetch(at(name), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    // Some hosts lead page.html on to page; a browser takes no such answer for a page that it opens.
    await cache.put(at(name), response.redirected ? new Response(response.body, { headers: response.headers }) : response);
    kept[name] = digest;
    await note(cache, kept);
  }
});

/** Drop what this edition has no more, once the worker of the former one is gone: it would drop what is new. */
const tidy = () => inTurn(async (cache, kept) => {
  for (const name of Object.keys(kept)) {
    if (name in ALL) continue;
    await cache.delete(at(name));
    delete kept[name];
  }
  await note(cache, kept);
});

self.addEventListener("install", (event) => event.waitUntil(keep(COURSE.pages).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
  tidy().catch((error) => console.warn("Files of a former edition stay in this browser.", error)); // no page waits for it
});
self.addEventListener("message", (event) => {
  if (event.data === "keep all") event.waitUntil(keep(ALL).then(() => event.source.postMessage("all kept")));
});

const late = (ms) => new Promise((_, fail) => setTimeout(() => fail(new Error("slow network")), ms));

async function keptCopy({ origin, pathname }) {
  const name = origin + pathname + (pathname.endsWith("/") ? "index.html" : "");
  const cache = await caches.open(CACHE);
  return (await cache.match(name)) ?? cache.match(`${name}.html`);
}

async function answer(request) {
  const kept = await keptCopy(new URL(request.url)).catch(() => null); // a browser without room has the network still
  if (!kept) return fetch(request);
  try {
    return await Promise.race([fetch(request), late(PATIENCE)]);
  } catch {
    return kept;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.url.startsWith(at(ISSUER))) return;
  if (request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});
