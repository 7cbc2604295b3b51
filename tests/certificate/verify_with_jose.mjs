// Checks signed tokens with npm's jose, which knows nothing of this project: JSON in, JSON out, one answer for each token.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const book = createRequire(new URL("../../book/package.json", import.meta.url));
const { compactVerify, createLocalJWKSet } = await import(book.resolve("jose"));

const { keys, tokens } = JSON.parse(readFileSync(0, "utf8"));
const jwks = createLocalJWKSet({ keys });
const answers = [];
for (const token of tokens) {
  try {
    const { payload, protectedHeader } = await compactVerify(token, jwks, { algorithms: ["EdDSA"] });
    answers.push({ header: protectedHeader, claims: JSON.parse(new TextDecoder().decode(payload)) });
  } catch (error) {
    answers.push({ error: error.code ?? String(error) });
  }
}
process.stdout.write(JSON.stringify(answers));
