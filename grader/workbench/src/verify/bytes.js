// Bytes, their text forms and their digests.  What a file claims about its own size is never believed.

const PIECE = 32_768;

/** Characters of one byte each: searching and comparing bytes as text. */
export function latin1(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += PIECE) parts.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return parts.join("");
}

export const ascii = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** Text without the white space of ASCII around it. */
export function stripped(text) {
  const blank = (at) => " \t\n\r\v\f".includes(text[at]);
  let [start, end] = [0, text.length];
  while (start < end && blank(start)) start++;
  while (end > start && blank(end - 1)) end--;
  return text.slice(start, end);
}

/** Text of UTF-8, or null where it is none. */
export function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function concatenated(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const asBase64 = (bytes) => btoa(latin1(bytes));

/** Bytes of base64, or null where it is written in any other way than the one. */
export function fromBase64(text) {
  try {
    const bytes = ascii(atob(text));
    return asBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

/** Bytes of base64url without padding, as tokens have it (RFC 7515), or null. */
export function fromBase64Url(text) {
  if (/[^A-Za-z0-9_-]/.test(text)) return null;
  return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4));
}

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
/** Bytes of hexadecimal digits, or null where one is missing. */
export const fromHex = (digits) => (digits.length % 2 ? null : Uint8Array.from({ length: digits.length / 2 }, (_, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16)));
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The digest of a picture as a credential has it: `sha256-…` (Subresource Integrity). */
export const integrity = async (bytes) => `sha256-${asBase64(await sha256(bytes))}`;

/** Unpack `deflate` (zlib) or `gzip`, or null where it is damaged or comes to more than `limit` bytes. */
export async function unpacked(bytes, format, limit) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const parts = [];
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
      if (size > limit) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    return null;
  }
  return concatenated(...parts);
}
