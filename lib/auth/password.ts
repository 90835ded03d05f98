import { randomBytes } from "node:crypto";
import { hash, type Options, verify } from "@node-rs/argon2";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. `algorithm` 2 is argon2id in the package's own enum. */
export const argon2Options = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const satisfies Options;

/** Argon2id in PHC string form. The same characters typed on another keyboard give the same hash (NFKC). */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), argon2Options);
}

let dummyHash: Promise<string> | undefined;

/** Takes as long for a user who doesn't exist (`null`) as for one who does, and is then always false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash === null) {
    dummyHash ??= hashPassword(randomBytes(24).toString("base64"));
    await verify(await dummyHash, password.normalize("NFKC"));
    return false;
  }
  return verify(passwordHash, password.normalize("NFKC"));
}
