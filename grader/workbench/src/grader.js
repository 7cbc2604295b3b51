// The grader's side of the page: starts the worker once, queues what is asked early, and says what goes wrong.

const START_LIMIT = 90_000; // milliseconds; 13 MB on a slow line
const CHECK_LIMIT = 60_000;
const STARTING = "The grader is starting, which takes a moment the first time. Your answers are checked as soon as it is ready.";

export class Grader {
  #base;
  #limit;
  #worker = null;
  #ready = null;
  #asked = new Map();
  #keys = new Map();
  #number = 0;
  #started = false;

  constructor(base, limit = START_LIMIT) {
    this.#base = base;
    this.#limit = limit;
  }

  /** Start ahead of need, unless the reader saves data; a failure is told at the next check. */
  warm() {
    if (!navigator.connection?.saveData) this.#start().catch(() => {});
  }

  /** Check answers to a case; `wait` is told why it takes long.  Fails with a plain sentence. */
  async check(data, answers, wait) {
    if (!this.#started) wait(STARTING);
    const [key] = await Promise.all([this.#key(data.id), this.#start()]);
    wait("Checking …");
    const text = await this.#ask([JSON.stringify(data), JSON.stringify(answers), key]);
    const result = JSON.parse(text);
    if (result.error) throw new Error(result.error);
    return result;
  }

  /** The reference answers of one case: fetched only when a check asks for them. */
  #key(id) {
    if (!this.#keys.has(id)) {
      const key = fetchText(`${this.#base}keys/${encodeURIComponent(id)}.json`).catch(() => {
        this.#keys.delete(id);
        throw new Error("The reference answers of this case could not be loaded. Check your connection, then try again.");
      });
      this.#keys.set(id, key);
    }
    return this.#keys.get(id);
  }

  #start() {
    this.#ready ??= new Promise((resolve, reject) => {
      const seconds = Math.round(this.#limit / 1000);
      const fail = (reason) => {
        clearTimeout(timer);
        this.#stop();
        reject(new Error(reason));
      };
      const late = `The grader did not start within ${seconds} seconds. The connection may be slow, or this site's security settings may not allow it. Reload the page or try again.`;
      const timer = setTimeout(() => fail(late), this.#limit);
      const broken = () => fail("The grader could not be started in this browser. Reload the page, or try a current browser.");
      try {
        this.#worker = new Worker(`${this.#base}worker.js`, { type: "module" });
      } catch {
        broken();
        return;
      }
      this.#worker.onerror = broken;
      this.#worker.onmessage = ({ data }) => {
        if (data.kind === "ready") {
          clearTimeout(timer);
          this.#started = true;
          resolve();
        } else if (data.kind === "failed") fail("The grader could not be loaded. Check your connection, then try again.");
        else this.#answered(data);
      };
    });
    return this.#ready;
  }

  #ask(texts) {
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#stop("The grader did not answer in time. Try again."), CHECK_LIMIT);
      this.#asked.set(number, { resolve, reject, timer });
      this.#worker.postMessage({ number, texts });
    });
  }

  #answered({ number, text, error }) {
    const asked = this.#asked.get(number);
    if (!asked) return;
    this.#asked.delete(number);
    clearTimeout(asked.timer);
    if (error) asked.reject(new Error("The grader stopped on these answers. Please report it, with what you answered."));
    else asked.resolve(text);
  }

  /** End the worker, so that the next check starts a new one. */
  #stop(reason = "The grader stopped. Try again.") {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.#started = false;
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    this.#asked.clear();
  }
}

async function fetchText(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}
