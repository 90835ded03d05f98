import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { toJson, withoutNul } from "#db/insert-rows.ts";
import { DomainError } from "../../errors.ts";
import { ActionRefused, TryLater } from "../action-handler.ts";
import type { Json } from "../model.ts";
import type { ClaimedStep } from "./claim-step.ts";

export type Refusal = { reason: ActionRefused["reason"]; message: string };

/** What a person has to look at, in words; null for what another attempt may mend. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof ActionRefused) return { reason: error.reason, message: withoutNul(error.message) };
  if (error instanceof DomainError) return { reason: "failed", message: withoutNul(error.message) };
  return null;
}

/** Keeps, for when the last attempt has failed, what this one stumbled over. */
export async function noteTrouble(db: Database, step: ClaimedStep, error: unknown): Promise<void> {
  const words =
    error instanceof TryLater
      ? withoutNul(error.message)
      : "Something went wrong that Parapet doesn't know; the worker's log says what.";
  await db.execute(sql`
    update remediation_steps set error = ${words}
    where id = ${step.id} and attempts = ${step.attempt} and state in ('running', 'rolling_back')
  `);
}

/** JSON as a column takes it: nothing for `null`. */
export const jsonOrNull = (value: Json): SQL =>
  value === null ? sql`null` : sql`(${toJson([value])}::jsonb -> 0)`;
