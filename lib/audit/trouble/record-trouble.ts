import type { Database } from "#db/client.ts";
import { type AuditActor, appendAuditAlone } from "../append.ts";
import { classifyTrouble } from "./classify.ts";
import { FloodGate } from "./flood.ts";

/** An act that came to nothing. */
export type FailedAct = {
  action: string;
  object: { kind: string; id: string };
  durationMs?: number;
  /** The permission that it takes. */
  permission?: string;
};

const gate = new FloodGate();
const recorded = new WeakSet<object>();

/**
 * Puts an act that was refused or went wrong on the trail, in a transaction of its own, since the act's was rolled back.
 * An error is told once, however many layers it passes. What was given is not kept, nor are an error's words. Never
 * throws: the error itself is what the caller has to hear.
 */
export async function recordTrouble(
  db: Database,
  actor: AuditActor,
  act: FailedAct,
  error: unknown,
): Promise<void> {
  if (typeof error !== "object" || error === null || recorded.has(error)) return;
  const trouble = classifyTrouble(error);
  if (!trouble) return;
  recorded.add(error);
  const { result, ...why } = trouble;
  const kind = [actor.organisationId, actor.actor.id, actor.tokenId ?? "", act.action, why.code].join(" ");
  const left = gate.admit(kind);
  if (!left) return;
  const { permission, ...record } = act;
  const after = { ...why, ...(why.code === "forbidden" && permission ? { permission } : {}), ...left };
  try {
    await appendAuditAlone(db, actor, { ...record, result, after });
  } catch (failure) {
    const name = failure instanceof Error ? failure.constructor.name : typeof failure;
    process.emitWarning(`The audit trail could not be told that ${act.action} was ${result} (${name}).`, {
      type: "AuditWarning",
    });
  }
}

/** What an input names as the object of an act, where it is shaped as an id is; anything else is not kept. */
export const idIn = (input: unknown, field: string): string => {
  const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, field) : undefined;
  return typeof value === "string" && /^[\w.:-]{1,80}$/.test(value) ? value : "unknown";
};
