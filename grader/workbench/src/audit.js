// Another coder's codes: each right or not, and which are missing.

import { h, newId } from "./dom.js";
import { CodesField } from "./picked.js";

const VERDICTS = { right: "Right", wrong: "Not right" };

export class AuditField {
  constructor({ item, stemId, load, say, changed }) {
    Object.assign(this, { rows: item.coded.map((code) => new AuditRow(code, changed)) });
    const loaded = async () => {
      const index = await load();
      for (const row of this.rows) row.title.textContent = index.title(row.code);
      return index;
    };
    const refuse = (code) => (item.coded.includes(code) ? `${code} is one of the codes above.` : "");
    this.missing = new CodesField({ load: loaded, say, changed, refuse, ordered: false, label: "Codes that are missing" });
    const [coded, heading] = [newId(), newId()];
    this.element = h(
      "div",
      { class: "cbp-audit", role: "group", "aria-labelledby": stemId },
      h("h5", { id: coded }, "The coder's codes"),
      h("ul", { class: "cbp-picked", "aria-labelledby": coded }, this.rows.map((row) => row.element)),
      h("h5", { id: heading }, "Codes that are missing"),
      h("div", { role: "group", "aria-labelledby": heading }, this.missing.element),
    );
    whenNear(this.element, () => loaded().catch(() => {})); // without titles, the codes do
  }

  get answer() {
    const given = this.rows.filter((row) => row.verdict).map((row) => [row.code, row.verdict]);
    const missing = this.missing.answer.codes;
    return given.length || missing.length ? { audit: { verdicts: Object.fromEntries(given), missing } } : null;
  }

  set answer(answer) {
    const { verdicts = {}, missing = [] } = (answer && answer.audit) || {};
    for (const row of this.rows) row.verdict = verdicts[row.code];
    this.missing.answer = { codes: missing };
  }
}

/** One code with its verdict. */
class AuditRow {
  constructor(code, changed) {
    this.code = code;
    const [name, codeId, titleId] = [newId(), newId(), newId()];
    this.radios = Object.keys(VERDICTS).map((value) => h("input", { type: "radio", name, value, id: newId(), onchange: changed }));
    const options = this.radios.map((radio) =>
      h("div", { class: "cbp-choice" }, radio, h("label", { for: radio.id }, VERDICTS[radio.value])),
    );
    this.title = h("span", { id: titleId, class: "cbp-name" });
    const what = h("div", { class: "cbp-what" }, h("span", { id: codeId, class: "cbp-code" }, code), " ", this.title);
    const group = { class: "cbp-verdict", role: "radiogroup", "aria-labelledby": codeId, "aria-describedby": titleId };
    this.element = h("li", {}, h("div", { class: "cbp-row" }, what, h("div", group, options)));
  }

  get verdict() {
    return this.radios.find((radio) => radio.checked)?.value;
  }

  set verdict(verdict) {
    for (const radio of this.radios) radio.checked = radio.value === verdict;
  }
}

/** The list of codes is half a megabyte: not for those who never come here. */
function whenNear(element, act) {
  const observer = new IntersectionObserver(
    (seen) => {
      if (!seen.some((each) => each.isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: "600px" },
  );
  observer.observe(element);
}
