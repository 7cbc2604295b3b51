// Prints what the page's search finds: node hits.js <codes as text> <phrases.json> -> JSON, one list of hits a phrase.
import { readFileSync } from "node:fs";
import { CodeIndex } from "../../grader/workbench/src/search.js";

const [text, phrases] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const index = await CodeIndex.build(text);
const hits = JSON.parse(phrases).map(({ query }) =>
  index.search(query).map(({ code, title, billable, why }) => [code, title, billable, why]),
);
process.stdout.write(JSON.stringify(hits));
