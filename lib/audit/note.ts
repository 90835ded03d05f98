import { createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";
import type { AuditKey } from "./keys.ts";
import { hashBytes } from "./merkle/tree.ts";

/**
 * Checkpoints as C2SP writes them: https://c2sp.org/tlog-checkpoint in a https://c2sp.org/signed-note, by Ed25519. The name
 * of the key that signs is the origin line.
 */
export type Checkpoint = {
  /** `parapet/<trail>`. */
  origin: string;
  size: number;
  root: Buffer;
  /** Parapet's are `at <ISO 8601>` and `batch <n> <hash in Base64>`: when, and the last batch sealed. */
  extensions: string[];
};

/** A signed note, read but not yet believed. */
export type SignedNote = {
  /** What is signed, with the newline at its end. */
  text: string;
  /** `keyHash` is the first four bytes of what the signature's Base64 holds: which key it claims to be of. */
  signatures: { name: string; keyHash: Buffer; signature: Buffer }[];
};

/** A public key under the name it signs by: what a C2SP verifier key (`<name>+<hash>+<key>`) tells. */
export type VerifierKey = { name: string; key: KeyObject };

/** A note or key that is malformed, or a signature that does not hold. The message says which. */
export class NoteError extends Error {
  override readonly name = "NoteError";
}

const ed25519 = 1;
const signatureBytes = 64;
/** What an Ed25519 public key of RFC 8410 begins with, in DER; its 32 bytes follow. */
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** The signed text of a checkpoint. Throws a NoteError for what no checkpoint can say. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  checkName(origin);
  if (!Number.isSafeInteger(size) || size < 0) throw new NoteError(`${size} is no size.`);
  if (root.length !== hashBytes) throw new NoteError("A root has 32 bytes.");
  const lines = [origin, String(size), root.toString("base64"), ...extensions];
  if (lines.some((line) => line === "" || hasControl(line))) throw new NoteError("A line is empty or odd.");
  return `${lines.join("\n")}\n`;
}

/** Signs a text that ends in a newline, by each key in turn, under `name`. */
export function signNote(
  text: string,
  name: string,
  keys: readonly Pick<AuditKey, "sign" | "public">[],
): string {
  checkName(name);
  if (!text.endsWith("\n") || text.endsWith("\n\n") || hasControl(text.replaceAll("\n", ""))) {
    throw new NoteError("This text cannot be signed as a note.");
  }
  const lines = keys.map((key) => {
    const signature = sign(null, Buffer.from(text), key.sign);
    return `— ${name} ${Buffer.concat([keyHashOf(name, key.public), signature]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** Reads a note's form. Throws a NoteError where it is malformed. */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) throw new NoteError("The note is not signed.");
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n");
  if (hasControl(note.replaceAll("\n", ""))) throw new NoteError("The note holds control characters.");
  const signatures = lines.map((line) => {
    const [, name, base64] = /^— ([^ +\s]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    if (name === undefined || base64 === undefined) throw new NoteError("A signature line is malformed.");
    const bytes = decodeBase64(base64);
    if (bytes.length <= 4) throw new NoteError("A signature is too short.");
    return { name, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
  return { text, signatures };
}

/** Reads a checkpoint without asking who signed it. Throws a NoteError where it is malformed. */
export function parseCheckpoint(note: string): Checkpoint {
  const [origin, size, root, ...extensions] = parseNote(note).text.slice(0, -1).split("\n");
  if (!origin || size === undefined || root === undefined) throw new NoteError("The checkpoint lacks lines.");
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new NoteError("The checkpoint's size is no number.");
  }
  if (extensions.includes("")) throw new NoteError("The checkpoint has an empty line.");
  const hash = decodeBase64(root);
  if (hash.length !== hashBytes) throw new NoteError("The checkpoint's root has not 32 bytes.");
  return { origin, size: Number(size), root: hash, extensions };
}

/**
 * Reads a checkpoint that at least one of these keys signed under its origin's name. Signatures of keys unknown are passed
 * over; one of a known key that does not hold is a forgery. Throws a NoteError.
 */
export function verifyCheckpoint(note: string, keys: readonly KeyObject[]): Checkpoint {
  const checkpoint = parseCheckpoint(note);
  const { text, signatures } = parseNote(note);
  const known = keys.map((key) => ({ key, hash: keyHashOf(checkpoint.origin, key) }));
  let held = 0;
  for (const { name, keyHash, signature } of signatures) {
    if (name !== checkpoint.origin) continue;
    const candidates = known.filter(({ hash }) => hash.equals(keyHash));
    if (candidates.length === 0) continue;
    const holds =
      signature.length === signatureBytes &&
      candidates.some(({ key }) => verify(null, Buffer.from(text), key, signature));
    if (!holds) throw new NoteError("The checkpoint's signature does not hold.");
    held += 1;
  }
  if (held === 0) throw new NoteError("None of the known keys signed the checkpoint.");
  return checkpoint;
}

/** The public key as C2SP writes it for whoever verifies: `<name>+<hash in hex>+<key in Base64>`. */
export function verifierKey(name: string, key: KeyObject): string {
  checkName(name);
  const encoded = Buffer.concat([Buffer.of(ed25519), rawPublicKey(key)]).toString("base64");
  return `${name}+${keyHashOf(name, key).toString("hex")}+${encoded}`;
}

/** Reads a C2SP verifier key. Throws a NoteError where it is malformed, not Ed25519, or its hash is not its own. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, hex, base64] =
    /^([^ +\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text.trim()) ?? [];
  if (name === undefined || hex === undefined || base64 === undefined) {
    throw new NoteError("This is no verifier key: it reads <name>+<hash>+<key>.");
  }
  const [type, ...raw] = decodeBase64(base64);
  if (type !== ed25519 || raw.length !== 32) throw new NoteError("The verifier key is not of Ed25519.");
  const key = createPublicKey({
    key: Buffer.concat([publicPrefix, Buffer.from(raw)]),
    format: "der",
    type: "spki",
  });
  if (keyHashOf(name, key).toString("hex") !== hex)
    throw new NoteError("The verifier key's hash is not its own.");
  return { name, key };
}

/** The first four bytes of SHA-256 of name, newline, algorithm and key. */
function keyHashOf(name: string, key: KeyObject): Buffer {
  const encoded = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519), rawPublicKey(key)]);
  return hash("sha256", encoded, "buffer").subarray(0, 4);
}

function rawPublicKey(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== "ed25519") throw new NoteError("The key is not of Ed25519.");
  return key.export({ format: "der", type: "spki" }).subarray(publicPrefix.length);
}

/** Base64 as it has to be: one text for one value, so that a note cannot be written in two ways. */
function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new NoteError("Its Base64 is malformed.");
  return bytes;
}

function checkName(name: string): void {
  if (!/^[^\s+\p{C}]+$/u.test(name)) throw new NoteError("A key's name has neither spaces nor pluses.");
}

const hasControl = (text: string) => /\p{Cc}/u.test(text) || !text.isWellFormed();
