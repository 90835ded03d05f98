import { randomBytes } from "node:crypto";
import { z } from "zod";
import { DomainError } from "../../errors.ts";
import { secretKeyring } from "../../secrets/keys.ts";
import { type SecretPlace, seal, unseal } from "../../secrets/seal.ts";

/** What a stream signs with, newest first. */
const Secrets = z
  .array(
    z.object({
      base64: z.string(),
      /** ISO 8601: when it ceases to sign; null for the one that holds. */
      until: z.string().nullable(),
    }),
  )
  .min(1);
export type StreamSecrets = z.output<typeof Secrets>;

/** A secret as Standard Webhooks writes it. */
export const secretText = (base64: string): string => `whsec_${base64}`;

/** 32 bytes of chance, in Base64. */
export const newSecret = (): string => randomBytes(32).toString("base64");

/** Whose secret it is, which it is sealed for. */
export const streamPlaceOf = ({
  organisationId,
  id,
}: {
  organisationId: string;
  id: string;
}): SecretPlace => ({
  organisationId,
  owner: { kind: "stream", id },
  identity: "write",
  name: "webhookSecret",
});

/** Seals what a stream signs with. Throws a DomainError (`unavailable`) when there is no key to seal with. */
export function sealStreamSecrets(
  stream: { organisationId: string; id: string },
  secrets: StreamSecrets,
): { secret: Uint8Array; secretKeyId: string } {
  const key = requireSealingKey();
  return { secret: seal(JSON.stringify(secrets), streamPlaceOf(stream), key), secretKeyId: key.id };
}

/** Opens what `sealStreamSecrets` sealed. Throws a DomainError (`unavailable`). */
export function openStreamSecrets(stream: {
  organisationId: string;
  id: string;
  secret: Uint8Array;
  secretKeyId: string;
}): StreamSecrets {
  const text = unseal(stream.secret, streamPlaceOf(stream), stream.secretKeyId, secretKeyring());
  return Secrets.parse(JSON.parse(text));
}

/** Those that sign at this moment. */
export const signingSecrets = (secrets: StreamSecrets, now: Date): string[] =>
  secrets
    .filter(({ until }) => until === null || Date.parse(until) > now.getTime())
    .map(({ base64 }) => base64);

/** Throws a DomainError (`unavailable`) when there is no key to seal with. */
export function requireSealingKey() {
  const key = secretKeyring()?.first;
  if (key) return key;
  throw new DomainError(
    "unavailable",
    "Nothing was changed: there is no key to seal the secret with. Set PARAPET_SECRET_KEYS to 1:$(openssl rand -base64 32) for every process of Parapet, start them again, and repeat this.",
  );
}
