// How a certificate comes in: dropped, chosen, or pasted as text; and for whom it should be.

import { h, newId } from "../dom.js";

const KINDS = ".png,.svg,.pdf,.jwt,.txt,image/png,image/svg+xml,application/pdf,application/jwt,text/plain";

/** The elements of the entrance; `check(files, holder)` is called with what came in. */
export function entrance(check) {
  const holder = h("input", { type: "text", id: newId(), class: "verify-holder", autocomplete: "off" });
  const start = (files) => files.length && check(files, holder.value.trim());
  return [...nameField(holder), dropZone(start), ...pasteField(start)];
}

function nameField(input) {
  const hint = h("span", { class: "verify-hint", id: newId() }, "You may leave this empty. With a name or an email address, the check also says whether the certificate is for this person.");
  input.setAttribute("aria-describedby", hint.id);
  return [h("p", { class: "verify-field" }, h("label", { for: input.id }, "Whose certificate is it?"), input, hint)];
}

const fromFile = (file) => ({ name: file.name, size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()) });

function fromText(text) {
  const bytes = new TextEncoder().encode(text.trim());
  return { name: "Pasted text", size: bytes.length, bytes: async () => bytes };
}

function dropZone(start) {
  const input = h("input", { type: "file", multiple: true, accept: KINDS, class: "cbp-unseen", tabindex: "-1", "aria-hidden": "true" });
  input.addEventListener("change", () => {
    const files = [...input.files].map(fromFile);
    input.value = ""; // the same file can be chosen again
    start(files);
  });
  const button = h("button", { type: "button", class: "verify-button", onclick: () => input.click() }, "Choose a file");
  const zone = h("div", { class: "verify-drop" }, h("p", {}, "Drop a certificate here (PNG, SVG, PDF or JWT), or choose it."), button, input);
  const hover = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("is-over", on);
  };
  zone.addEventListener("dragover", hover(true));
  zone.addEventListener("dragleave", hover(false));
  zone.addEventListener("drop", (event) => {
    hover(false)(event);
    start([...event.dataTransfer.files].map(fromFile));
  });
  return zone;
}

function pasteField(start) {
  const area = h("textarea", { id: newId(), rows: "3", spellcheck: "false", autocomplete: "off", class: "verify-text" });
  const paste = () => {
    if (area.value.trim()) start([fromText(area.value)]);
    else area.focus();
  };
  return [
    h("p", { class: "verify-field" }, h("label", { for: area.id }, "Or paste the text of a certificate (JWT)"), area),
    h("p", { class: "verify-button-line" }, h("button", { type: "button", class: "verify-button", onclick: paste }, "Check the text")),
  ];
}
