// What a certificate says, as words beside words.  The signature holds, but the words are still anybody's: text, and no more.

import { holderOf } from "./claims.js";
import { timeOf } from "./issuer.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const COUNTED = " (cases, at most)"; // how grader/certificate/credential.py ends the name of what is counted
const LONGEST = 1000;

/** Labels and values of what a credential says that the issuer has signed. */
export function linesOf(credential) {
  const { achievement, result } = credential.credentialSubject;
  const said = [
    ["Holder", holderOf(credential)],
    ["Certificate", achievement.name],
    ["Exam passed on", day(credential.awardedDate)],
    ["Valid until", day(credential.validUntil)],
    ["Issued on", day(credential.validFrom)],
    ["Issuer", credential.issuer.name],
    ["Issuer's address", credential.issuer.id],
    ...scores(result, achievement.resultDescription),
    ...credential.evidence.map(({ name, narrative }) => [name, narrative]),
    ["Number", credential.id],
  ];
  return said.map(([label, value]) => [shortened(label), shortened(value)]);
}

const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);

function scores(results, descriptions) {
  const described = new Map(descriptions.map((each) => [each.id, each]));
  return results.filter(({ resultDescription }) => described.has(resultDescription)).map(({ resultDescription, value }) => {
    const { name, resultType, requiredValue: asked } = described.get(resultDescription);
    if (resultType === "Percent") return [name, `${value} % (at least ${asked} %)`];
    return name.endsWith(COUNTED) ? [name.slice(0, -COUNTED.length), `${value} (at most ${asked})`] : [name, `${value} (asked: ${asked})`];
  });
}

/** A day in UTC, as everything on a certificate. */
function day(time) {
  const date = new Date(timeOf(time));
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
