// JSON of strangers.  An object that names something twice says two things, and each reader would hear another.

const DEPTH = 64;

/** Read an object; undefined where the text is no JSON, no object, names something twice or is too deep. */
export function readObject(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isObject(value) && namesOnce(text) ? value : undefined;
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const isText = (value) => typeof value === "string" && value !== "";

/** Whether in a text that JSON.parse has read no object has a name twice and every string is text. */
function namesOnce(text) {
  const open = []; // names of each open object, null for a list
  let last = null;
  for (const token of tokens(text)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const name = JSON.parse(last);
      if (open.at(-1).has(name)) return false;
      open.at(-1).add(name);
    } else if (token !== ",") {
      if (!JSON.parse(token).isWellFormed()) return false;
      last = token;
    }
    if (open.length > DEPTH) return false;
  }
  return true;
}

/** Marks and strings of a text that JSON.parse has read; numbers and the like are left out. */
function* tokens(text) {
  for (let at = 0; at < text.length; at++) {
    const start = at;
    if (text[at] === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === "\\") at++;
      yield text.slice(start, at + 1);
    } else if ("{}[],:".includes(text[at])) yield text[at];
  }
}
