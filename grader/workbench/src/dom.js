// Elements made by hand: text goes in as text, never as markup.

/** Make an element.  `on…` properties listen, `null` and `false` leave out, the rest are attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text for screen readers alone. */
export const unseen = (text) => h("span", { class: "cbp-unseen" }, text);

/** A polite live region; saying the same twice is heard twice. */
export function announcer() {
  const element = h("div", { class: "cbp-unseen", role: "status" });
  let odd = false;
  const say = (text) => {
    odd = !odd;
    element.textContent = odd ? text : `${text}\u00a0`;
  };
  return { element, say };
}

let made = 0;
// JupyterLab loads this module anew for each widget, so a counter alone would repeat itself on one page.
const load = Math.random().toString(36).slice(2, 7);

/** An id that no other element of the page has. */
export const newId = () => `cbp-${load}-${++made}`;

export const points = (value) => String(Math.round(value * 100) / 100);
