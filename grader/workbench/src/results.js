// The outcome of a check: points in all, and one line for each question.

import { h, points } from "./dom.js";

export class Results {
  constructor() {
    this.heading = h("h4", { tabindex: "-1" });
    this.stale = h("p", { class: "cbp-stale", hidden: true }, "You have changed your answers since this check. Check again to see where they stand.");
    this.body = h("div", {});
    this.element = h("div", { class: "cbp-results", hidden: true }, this.heading, this.stale, this.body);
  }

  /** Show a result; `views` are the questions in order. */
  paint(result, views) {
    this.element.hidden = false;
    this.stale.hidden = true;
    this.element.classList.toggle("cbp-failed", Boolean(result.error));
    if (result.error) {
      this.heading.textContent = "Your answers could not be checked";
      this.body.replaceChildren(h("p", {}, result.error));
      return;
    }
    const items = Object.values(result.items);
    const sum = (name) => points(items.reduce((total, item) => total + item[name], 0));
    this.heading.textContent = `You earned ${sum("points")} of ${sum("possible")} points.`;
    const reasons = (result.failed || []).map((reason) => h("li", {}, reason));
    const lines = views
      .filter((view) => result.items[view.id])
      .map((view) => h("li", {}, link(view), `: ${short(result.items[view.id])}`));
    this.body.replaceChildren(
      ...(reasons.length ? [h("p", {}, "This case is failed whatever its points:"), h("ul", {}, reasons)] : []),
      ...(lines.length > 1 ? [h("ul", {}, lines)] : []),
    );
  }

  markStale(stale) {
    this.stale.hidden = !stale || this.element.classList.contains("cbp-failed");
  }

  focus() {
    this.heading.focus();
    this.element.scrollIntoView({ block: "start" });
  }
}

const short = (item) => (item.state === "scored" ? `${points(item.points)} of ${points(item.possible)} points` : item.summary);

/** A link that moves the focus, and leaves the address of the page (or of JupyterLab) alone. */
function link(view) {
  const go = (event) => {
    event.preventDefault();
    view.focus();
  };
  return h("a", { href: `#${view.heading}`, onclick: go }, view.name);
}
