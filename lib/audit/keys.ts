import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "../env.ts";
import { createPrivateFile, makePrivateFolder } from "../private-file.ts";
import { parseSecretKeys, type SecretKeyText } from "../secrets/key-list.ts";
import { StartError } from "../start-error.ts";

/** What is derived from one key of PARAPET_AUDIT_KEYS, each for one purpose (HKDF-SHA-256, RFC 5869). */
export type AuditKey = {
  id: string;
  /** Entries' and batches' HMACs. */
  mac: KeyObject;
  /** Wraps the keys of persons, AES-256-GCM. */
  wrap: KeyObject;
  /** Finds the subject of a value again: HMAC. */
  lookup: KeyObject;
  /** Checkpoints' Ed25519 signatures. */
  sign: KeyObject;
  /** Ed25519, for whoever verifies. */
  public: KeyObject;
};

/** The first key is what new entries are written under; all of them verify. */
export type AuditKeyring = { first: AuditKey; byId: ReadonlyMap<string, AuditKey> };

let provided: AuditKeyring | undefined;
let own: AuditKeyring | undefined;

/** Has this process use `keyring` whatever its environment says; `undefined` ends that. For tests. */
export function provideAuditKeyring(keyring: AuditKeyring | undefined): void {
  provided = keyring;
}

/**
 * The keys of the trail. Where everything is on this machine (the sandbox, or the embedded database) one is made up at
 * the first call and kept in the data directory (mode 0600). Throws a StartError where there is none.
 */
export function auditKeyring(): AuditKeyring {
  if (provided) return provided;
  own ??= auditKeyringOf(ownKeys());
  return own;
}

/** The keyring of a list; the list has at least one key. */
export function auditKeyringOf(list: readonly SecretKeyText[]): AuditKeyring {
  const keys = list.map(deriveKey);
  const [first] = keys;
  if (!first) throw new RangeError("A keyring holds at least one key.");
  return { first, byId: new Map(keys.map((key) => [key.id, key])) };
}

function ownKeys(): readonly SecretKeyText[] {
  const { auditKeys, sandbox, databaseUrl, dataDir } = env();
  if (auditKeys) return auditKeys;
  const file = join(dataDir, "audit-keys");
  // The supervisor tells its processes of the embedded database by DATABASE_URL, too, and has made the file before.
  if (!sandbox && databaseUrl !== undefined && !existsSync(file)) {
    throw new StartError(
      "PARAPET_AUDIT_KEYS must be set, to the same keys in every process: the audit trail is written under them. " +
        "Make one with: echo 2026:$(openssl rand -base64 32)",
    );
  }
  makePrivateFolder(dataDir);
  // Of two processes that both find none, the second must take the first one's key, or the trail has two.
  createPrivateFile(file, () => `k1:${randomBytes(32).toString("base64")}\n`);
  return parseSecretKeys(readFileSync(file, "utf8").trim());
}

/** What an Ed25519 private key of RFC 8410 begins with, in DER; its 32 bytes follow. */
const ed25519Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

function deriveKey({ id, base64 }: SecretKeyText): AuditKey {
  const master = Buffer.from(base64, "base64");
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `parapet audit ${purpose} v1`, 32));
  const sign = createPrivateKey({
    key: Buffer.concat([ed25519Prefix, derive("sign")]),
    format: "der",
    type: "pkcs8",
  });
  const secret = (purpose: string) => createSecretKey(derive(purpose));
  return {
    id,
    ...{ mac: secret("mac"), wrap: secret("wrap"), lookup: secret("lookup") },
    ...{ sign, public: createPublicKey(sign) },
  };
}
