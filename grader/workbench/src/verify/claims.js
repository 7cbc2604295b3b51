// The shape of what a certificate says, as far as a check rests on it or shows it.  As grader/certificate/claims.py asks.

import { timeOf } from "./issuer.js";
import { isObject } from "./json.js";
import { need } from "./refused.js";

const isString = (value) => typeof value === "string";
const isOptional = (value) => value === undefined || isString(value);
const isTime = (value) => !Number.isNaN(timeOf(value));
const having = (fields) => (value) => isObject(value) && Object.entries(fields).every(([name, holds]) => holds(value[name]));
const listOf = (holds) => (value) => Array.isArray(value) && value.every(holds);
const typed = (...names) => (value) => Array.isArray(value) && names.every((name) => value.includes(name));
const one = (...allowed) => (value) => allowed.includes(value);

const DESCRIPTION = having({ id: isString, name: isString, resultType: isString, requiredValue: isString });
const ACHIEVEMENT = having({ id: isString, name: isString, description: isString, resultDescription: listOf(DESCRIPTION) });
const IDENTITY = having({ type: one("IdentityObject"), identityType: isString, hashed: one(true, false), identityHash: isString, salt: isOptional });
const SUBJECT = having({
  type: typed("AchievementSubject"),
  achievement: ACHIEVEMENT,
  identifier: listOf(IDENTITY),
  result: listOf(having({ resultDescription: isString, value: isString })),
});
const STATUS = having({
  type: one("BitstringStatusListEntry"),
  statusPurpose: one("revocation"),
  statusListIndex: (value) => isString(value) && /^(0|[1-9]\d{0,6})$/.test(value),
  statusListCredential: isString,
});
const CREDENTIAL = having({
  id: (value) => isString(value) && /^urn:uuid:[0-9a-f-]{36}$/.test(value),
  type: typed("VerifiableCredential", "OpenBadgeCredential"),
  name: isString,
  issuer: having({ id: isString, name: isString }),
  validFrom: isTime,
  validUntil: isTime,
  awardedDate: isTime,
  credentialSubject: SUBJECT,
  evidence: listOf(having({ name: isString, narrative: isString })),
  credentialStatus: STATUS,
  relatedResource: listOf(having({ mediaType: isString, digestSRI: isString })),
});
const LIST = having({
  id: isString,
  issuer: isString,
  type: typed("BitstringStatusListCredential"),
  credentialSubject: having({ type: one("BitstringStatusList"), statusPurpose: one("revocation"), encodedList: isString, statusSize: one(1, undefined) }),
});

const seconds = (time) => Math.floor(timeOf(time) / 1000);
const names = (credential) => credential.credentialSubject.identifier.filter(({ identityType, hashed }) => identityType === "name" && !hashed);

/** Refuse what is no certificate of this kind, or whose claims as a token and as a credential disagree (Open Badges 3.0, 8.2.6). */
export function checkClaims(claims) {
  need(CREDENTIAL(claims), "malformed_credential");
  const agree =
    claims.iss === claims.issuer.id &&
    claims.jti === claims.id &&
    claims.nbf === seconds(claims.validFrom) &&
    claims.exp === seconds(claims.validUntil);
  need(agree && names(claims).length === 1, "malformed_credential");
}

/** Refuse what is no list of withdrawn certificates, or one that does not say when it holds. */
export function checkList(claims) {
  need(LIST(claims), "status_wrong_list");
  need(isTime(claims.validFrom) && isTime(claims.validUntil), "status_out_of_date");
}

export const holderOf = (credential) => names(credential)[0].identityHash;
