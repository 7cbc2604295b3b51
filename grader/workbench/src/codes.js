// Where the list of codes comes from, and its index: asked for once, when it is first needed.

import { CodeIndex } from "./search.js";

const indexes = new Map(); // one index a page, however many cases stand on it

/** The index for a model: `codes_url` on a page, `codes_data` or a message in JupyterLab. */
export function codeIndex(model) {
  const url = model.get("codes_url") || "";
  if (!indexes.has(url)) {
    const index = read(model, url).then((text) => CodeIndex.build(text));
    index.catch(() => indexes.delete(url)); // the next search tries again
    indexes.set(url, index);
  }
  return indexes.get(url);
}

async function read(model, url) {
  if (url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The list of codes answered ${response.status}.`);
    return unpack(await response.arrayBuffer());
  }
  const data = model.get("codes_data");
  if (data && data.byteLength) return unpack(data);
  return unpack(await asked(model));
}

/** Ask the notebook's Python: half a megabyte would otherwise be saved into every notebook. */
function asked(model) {
  return new Promise((resolve, reject) => {
    const end = setTimeout(() => finish(reject, new Error("The notebook did not send the list of codes.")), 60_000);
    const finish = (settle, value) => {
      clearTimeout(end);
      model.off("msg:custom", listen);
      settle(value);
    };
    const listen = (content, buffers) => {
      if (content && content.kind === "codes" && buffers && buffers[0]) finish(resolve, buffers[0]);
    };
    model.on("msg:custom", listen);
    if (typeof model.send === "function") model.send({ kind: "codes" });
    else finish(reject, new Error("This page has no list of codes."));
  });
}

/** Some servers unpack gzip on the way: look at the first bytes. */
async function unpack(data) {
  const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
