import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Identity } from "#db/accounts/schema.ts";
import { DomainError } from "../errors.ts";
import type { Keyring, SecretKey } from "./keys.ts";

/** Whose secret it is. A sealed value opens nowhere else, even when a row is copied. */
export type SecretPlace = {
  organisationId: string;
  /** A `step` is one of a remediation plan, which was handed out the secret. */
  owner: { kind: "account" | "source" | "step" | "stream" | "alert-rule"; id: string };
  identity: Identity;
  /** Such as `clientSecret`. */
  name: string;
};

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/** Seals a text with AES-256-GCM: a random nonce of 12 bytes, the ciphertext, the tag of 16 bytes. */
export function seal(text: string, place: SecretPlace, { id, key }: SecretKey): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(bindingOf(place, id));
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws a DomainError (`unavailable`) that says what to do, and never what was sealed. */
export function unseal(
  sealed: Uint8Array,
  place: SecretPlace,
  keyId: string,
  keyring: Keyring | null,
): string {
  const known = keyring?.byId.get(keyId);
  if (!known) {
    throw new DomainError(
      "unavailable",
      `The stored ${place.name} can't be opened: it was sealed with key ${keyId}, which PARAPET_SECRET_KEYS doesn't hold. Put that key back into the list of every process, or enter the secret again.`,
    );
  }
  try {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv(algorithm, known.key, bytes.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(bindingOf(place, keyId)).setAuthTag(bytes.subarray(-tagLength));
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    // Node's error says no more than that it did not work, for a wrong key and a changed value alike.
    throw new DomainError(
      "unavailable",
      `The stored ${place.name} can't be opened: key ${keyId} is not the one it was sealed with, or the stored value was changed. Put the right key into PARAPET_SECRET_KEYS, or enter the secret again.`,
    );
  }
}

const bindingOf = ({ organisationId, owner, identity, name }: SecretPlace, keyId: string): Buffer =>
  Buffer.from(
    JSON.stringify(["parapet.secret.1", organisationId, owner.kind, owner.id, identity, name, keyId]),
  );
