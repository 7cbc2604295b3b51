// Small helpers to build what the pages show.

/** Make an element: attributes, `on…` listeners, then children. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat());
  return element;
}

/** The lesson that an address leads to, or null. */
export function lessonAt(url) {
  return url.pathname.match(/\/lessons\/([a-z0-9-]+)\.html$/)?.[1] ?? null;
}

export const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
