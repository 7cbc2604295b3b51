// Whether an answer fits its question: what a browser kept may be of an earlier state of the case, or anything at all.

const isRecord = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
const areTexts = (value) => Array.isArray(value) && value.every((each) => typeof each === "string");
const ids = (list) => (list || []).map(({ id }) => id);

/** Some of the names, each once. */
const areSome = (value, names) =>
  areTexts(value) && value.length > 0 && new Set(value).size === value.length && value.every((each) => names.includes(each));

/** A record with some of the names, whose values pass. */
const isAbout = (value, names, passes) =>
  isRecord(value) && Object.entries(value).every(([name, each]) => names.includes(name) && passes(each, name));

const isAny = (value) => Object.keys(value).length > 0;
const hasText = (_, { text }) => typeof text === "string";

/** The passages of the chart that an item of evidence shows. */
const passages = (chart) => chart.flatMap(({ blocks }) => blocks.flatMap((block) => ids(block.passages)));

const FITS = {
  "assign-codes": (_, { codes }) => areTexts(codes),
  documentation: hasText,
  message: hasText,
  choice: (item, { choice }) => ids(item.choices).includes(choice),
  choices: (item, { choices }) => areSome(choices, ids(item.choices)),
  order: (item, { order }) => areSome(order, ids(item.choices)) && order.length === item.choices.length,
  match: (item, { pairs }) => isAbout(pairs, ids(item.prompts), (choice) => ids(item.choices).includes(choice)) && isAny(pairs),
  "claim-repair": (item, { fields }) => isAbout(fields, ids(item.fields), isChange(item)) && isAny(fields),
  evidence: (item, answer) => areSome(answer.passages, passages(item.chart)),
  audit: (item, { audit }) => isRecord(audit) && isVerdict(audit, item.coded) && areTexts(audit.missing),
};

const isVerdict = ({ verdicts }, coded) => isAbout(verdicts, coded, (verdict) => verdict === "right" || verdict === "wrong");

const isChange = (item) => (value, id) =>
  typeof value === "string" && value.trim() !== item.fields.find((field) => field.id === id).value.trim();

export function fits(item, answer) {
  return isRecord(answer) && Boolean(FITS[item.kind]) && FITS[item.kind](item, answer);
}
