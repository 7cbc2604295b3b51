// Who signed a PDF (CMS, RFC 5652).  The issuer makes one kind of container, of which all but three parts is always the same: the
// published certificate, the attributes that are signed, and the signature.  What is made of these three is made again and
// compared, so that nothing can stand in it that no key covers.  Asked in the order of grader/certificate/container.py.

import { fromHex, latin1, sha256 } from "./bytes.js";
import { FIRST, first, INTEGER, inside, OCTETS, OID, partsOf, rawSignature, same, SEQUENCE, SET, SpellingError, write } from "./der.js";

const VERSION = fromHex("020101");
const SIGNED_DATA = fromHex("06092a864886f70d010702");
const DATA = fromHex("300b06092a864886f70d010701");
const SHA_256 = fromHex("300d06096086480165030402010500");
const ECDSA_SHA_256 = fromHex("300a06082a8648ce3d040302");
const DIGEST = fromHex("06092a864886f70d010904");
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/**
 * The certificate that a signature brings with it (DER, byte for byte), and whether the key of this very certificate signed what
 * the signature covers; null where it is no signature of the usual kind.  Whether the certificate is published is to be asked.
 */
export async function signerOf({ covered, cms }) {
  const found = readContainer(cms);
  return found && { certificate: found.certificate, verified: await covers(found, cms, covered) };
}

function readContainer(cms) {
  try {
    const [{ content: wrapped }] = inside(cms, SEQUENCE);
    const [{ content }] = inside(inside(wrapped, OID, FIRST)[1].content, SEQUENCE);
    const [, , , certificates, signers] = inside(content, INTEGER, SET, SEQUENCE, FIRST, SET);
    const [{ whole: certificate }] = inside(certificates.content, SEQUENCE);
    const [{ content: signer }] = inside(signers.content, SEQUENCE);
    const [, , , attributes, , signature] = inside(signer, INTEGER, SEQUENCE, SEQUENCE, FIRST, SEQUENCE, OCTETS);
    return { certificate, attributes: attributes.content, signature: signature.content };
  } catch (error) {
    return missed(error, null);
  }
}

async function covers({ certificate, attributes, signature }, cms, covered) {
  try {
    const [, number, , issuer, , , publicKey] = partsOf(partsOf(first(certificate).content)[0].content);
    const signer = write(SEQUENCE, VERSION, write(SEQUENCE, issuer.whole, number.whole), SHA_256, write(FIRST, attributes), ECDSA_SHA_256, write(OCTETS, signature));
    const content = write(SEQUENCE, VERSION, write(SET, SHA_256), DATA, write(FIRST, certificate), write(SET, signer));
    if (!same(cms, write(SEQUENCE, SIGNED_DATA, write(FIRST, content)))) return false;
    const key = await crypto.subtle.importKey("spki", publicKey.whole, CURVE, false, ["verify"]);
    const signed = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, rawSignature(signature), write(SET, attributes));
    return signed && same(digestIn(attributes), await sha256(covered));
  } catch (error) {
    return missed(error, false);
  }
}

/** The one digest among the attributes that are signed. */
function digestIn(attributes) {
  const found = partsOf(attributes).filter(({ content }) => latin1(content).startsWith(latin1(DIGEST)));
  if (found.length !== 1) throw new SpellingError();
  return inside(inside(found[0].content, OID, SET)[1].content, OCTETS)[0].content;
}

/** What stands for a container that cannot be read; a certificate of a stranger's may hold anything (TypeError, DOMException). */
function missed(error, value) {
  if (error instanceof SpellingError || error instanceof TypeError || error instanceof DOMException) return value;
  throw error;
}
