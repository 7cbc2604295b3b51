// Prints what the page says of files: `node verdicts.mjs FOLDER TIME FILE…`, a line for each, `ok` or codes.
import { readFileSync } from "node:fs";
import { verdictOf } from "../../grader/workbench/src/verify/verdict.js";
import * as pdf from "../../grader/workbench/src/verify/pdfsignature.js";

const [folder, time, ...files] = process.argv.slice(2);
const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
const trust = { issuer: read("issuer.json"), status: read("status.jwt") };
for (const file of files) {
  const { reasons } = await verdictOf(new Uint8Array(readFileSync(file)), trust, { now: Number(time), holder: "", readPdf: async () => pdf });
  console.log(reasons.join(" ") || "ok");
}
