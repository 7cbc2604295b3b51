// Why a certificate is not accepted: a code of grader/certificate/reasons.json, where its words are.

export class Refused extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
  }
}

/** Refuse with a code unless something holds. */
export function need(holds, code, detail) {
  if (!holds) throw new Refused(code, detail);
}
