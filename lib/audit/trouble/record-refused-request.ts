import type { Database } from "#db/client.ts";
import { DomainError } from "../../errors.ts";
import type { AuditActor } from "../append.ts";
import { recordTrouble } from "./record-trouble.ts";

/**
 * Records that somebody who is known was not allowed what they asked for, or asks too often, where no act by name was
 * reached: what they read, or what an interface refuses first. Anything else is nothing that the trail tells of.
 */
export async function recordRefusedRequest(
  db: Database,
  actor: AuditActor,
  asked: { kind: "operation" | "page"; id: string | null },
  error: unknown,
): Promise<void> {
  if (!(error instanceof DomainError) || !["forbidden", "rate_limited"].includes(error.code)) return;
  const object = { kind: asked.kind, id: asked.id?.slice(0, 200) ?? "unknown" };
  await recordTrouble(db, actor, { action: "request.refuse", object }, error);
}
