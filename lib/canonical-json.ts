import { createHash } from "node:crypto";

/**
 * RFC 8785: one text for one value, whatever order its keys were written in. Throws a TypeError for what JSON can't say,
 * such as `NaN`, `undefined` in a list, or half of a surrogate pair.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("A text holds half of a surrogate pair.");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no number of JSON.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`JSON has no ${typeof value}.`);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    // By UTF-16 code units, as the RFC orders them and `<` compares them.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${canonicalJson(key)}:${canonicalJson(each)}`);
  return `{${members.join(",")}}`;
}

/** SHA-256 of the canonical JSON, in hex. */
export const canonicalHash = (value: unknown): string =>
  createHash("sha256").update(canonicalJson(value)).digest("hex");
