import { sql } from "drizzle-orm";
import type { Store } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { DomainError } from "../errors.ts";
import { secretKeyring } from "../secrets/keys.ts";
import { type SecretPlace, seal, unseal } from "../secrets/seal.ts";

/** How long whoever asked for a plan has to collect what it was handed out. */
const keptHours = 72;

type StepSecret = { organisationId: string; planId: string; stepId: string; name: string };

/** Whose secret it is, which it is sealed for. */
export const stepPlaceOf = ({ organisationId, stepId, name }: Omit<StepSecret, "planId">): SecretPlace => ({
  organisationId,
  owner: { kind: "step", id: stepId },
  identity: "write",
  name,
});

/**
 * Seals what a provider handed out to a step, for whoever asked for the plan to collect once. An attempt that comes again
 * takes the place of the one before. Throws a DomainError (`unavailable`) when there is no key to seal with.
 */
export async function keepStepSecret(db: Store, secret: StepSecret, value: string): Promise<void> {
  const key = secretKeyring()?.first;
  if (!key) {
    throw new DomainError(
      "unavailable",
      "There is no key to seal a new secret with. Set PARAPET_SECRET_KEYS for every process of Parapet.",
    );
  }
  const { organisationId, planId, stepId, name } = secret;
  const sealed = Buffer.from(seal(value, stepPlaceOf(secret), key)).toString("hex");
  await db.execute(sql`
    insert into remediation_secrets (id, organisation_id, plan_id, step_id, name, key_id, sealed, expires_at)
    values (${newId("rsc")}, ${organisationId}, ${planId}, ${stepId}, ${name}, ${key.id}, decode(${sealed}, 'hex'),
      now() + make_interval(hours => ${keptHours}))
    on conflict (step_id, name) do update set key_id = excluded.key_id, sealed = excluded.sealed,
      created_at = now(), expires_at = excluded.expires_at, collected_by = null, collected_at = null
  `);
}

/** Opens what `keepStepSecret` sealed. Throws a DomainError (`unavailable`). */
export const openStepSecret = (
  secret: Omit<StepSecret, "planId">,
  { keyId, sealed }: { keyId: string; sealed: Uint8Array },
): string => unseal(sealed, stepPlaceOf(secret), keyId, secretKeyring());
