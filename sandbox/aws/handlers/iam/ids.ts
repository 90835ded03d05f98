import { randomBytes } from "node:crypto";

/** A new id in IAM's form: a prefix that names the sort (`AIDA`, `AROA`, `AKIA`…) and 17 or 16 characters. */
export function newIamId(prefix: string): string {
  const length = prefix === "AKIA" ? 16 : 17;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return prefix + [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join("");
}
