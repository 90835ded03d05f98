import { createHash } from "node:crypto";

/** The GUID that a text always gets, such as a user's name. */
export function guidOf(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  // Version 4, as the directory's own look.
  const variant = "89ab"[Number.parseInt(hash.charAt(16), 16) % 4];
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
