import { createHash, randomBytes } from "node:crypto";

/** A token as it is typed: its id without the prefix, then 256 bits of chance in base64url. */
const shape = /^parapet_([0-9a-f]{28})_([A-Za-z0-9_-]{43})$/;

/** The text of a new token. It is shown once: only its hash is stored. */
export function newTokenText(tokenId: string): string {
  return `parapet_${tokenId.replace(/^tok_/, "")}_${randomBytes(32).toString("base64url")}`;
}

/** Whether a text could be a token at all. */
export const looksLikeToken = (text: string): boolean => shape.test(text);

/** SHA-256: a text of 256 random bits needs no slow hash. */
export const hashToken = (text: string): Uint8Array => createHash("sha256").update(text).digest();
