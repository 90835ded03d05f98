import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "../env.ts";
import { createPrivateFile, makePrivateFolder } from "../private-file.ts";
import { parseSecretKeys, type SecretKeyText } from "./key-list.ts";

/** A key that never shows itself: neither by printing nor as JSON. */
export type SecretKey = { id: string; key: KeyObject };

/** Every key of PARAPET_SECRET_KEYS: the first one seals, all of them open. */
export type Keyring = { first: SecretKey; byId: ReadonlyMap<string, SecretKey> };

let provided: Keyring | null | undefined;

/** Has this process use `keyring` (`null`: none) whatever its environment says: for tests. */
export function provideKeyring(keyring: Keyring | null): void {
  provided = keyring;
}

/**
 * The keys that secrets are sealed with, or `null` when there are none. In sandbox mode one is made up at the first call
 * and kept in the data directory (mode 0600).
 */
export function secretKeyring(): Keyring | null {
  if (provided !== undefined) return provided;
  const { secretKeys, sandbox, dataDir } = env();
  const given = secretKeys ?? (sandbox ? sandboxKeys(dataDir) : null);
  return given && keyringOf(given);
}

/** The keyring of a list; the list has at least one key. */
export function keyringOf(list: readonly SecretKeyText[]): Keyring {
  const keys = list.map(({ id, base64 }) => ({ id, key: createSecretKey(base64, "base64") }));
  const [first] = keys;
  if (!first) throw new RangeError("A keyring holds at least one key.");
  return { first, byId: new Map(keys.map((key) => [key.id, key])) };
}

function sandboxKeys(dataDir: string): readonly SecretKeyText[] {
  const file = join(dataDir, "secret-keys");
  makePrivateFolder(dataDir);
  // Of two processes that both find none, the second must take the first one's key, or what the first sealed is lost.
  createPrivateFile(file, () => `sandbox:${randomBytes(32).toString("base64")}\n`);
  return parseSecretKeys(readFileSync(file, "utf8").trim());
}
