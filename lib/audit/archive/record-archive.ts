import { auditArchives } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { DomainError } from "../../errors.ts";
import { type AuditActor, appendAudit } from "../append.ts";
import type { TrailMonth } from "./months.ts";
import { ArchiveError, type WrittenArchive } from "./write-archives.ts";

/** Records a file that is on the disk, and that it is, in the organisation's trail. */
export async function recordArchive(
  db: Database,
  actor: AuditActor,
  archive: WrittenArchive,
  of: { month: string | null; createdBy: string | null; durationMs: number },
): Promise<void> {
  const { id, file, part, sha256, size, entries, positions, first, last, from, to, checkpointSize } = archive;
  const { month, createdBy, durationMs } = of;
  await db.transaction(async (tx) => {
    await tx.insert(auditArchives).values({
      ...{ id, organisationId: actor.organisationId, month, part, file, sha256, size, entries },
      ...{ positions, first, last, from: new Date(from), to: new Date(to), checkpointSize, createdBy },
    });
    await appendAudit(tx, actor, {
      action: "audit_archive.write",
      object: { kind: "audit_archive", id },
      after: { file, sha256, size, entries, first, last, from, to, month, part },
      durationMs,
    });
  });
}

/** Says in the trail that archiving failed, and why. */
export async function recordArchiveFailure(
  db: Database,
  actor: AuditActor,
  error: unknown,
  month?: TrailMonth,
): Promise<void> {
  await db.transaction((tx) =>
    appendAudit(tx, actor, {
      action: "audit_archive.write",
      object: month
        ? { kind: "audit_month", id: month.name }
        : { kind: "organisation", id: actor.organisationId },
      result: "failed",
      after: { reason: sayFailure(error) },
    }),
  );
}

/** In words for an administrator: what a statement or a path holds is for the worker's log alone. */
function sayFailure(error: unknown): string {
  if (error instanceof ArchiveError || error instanceof DomainError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC") return "The disk of the archive folder is full.";
  if (["EACCES", "EPERM", "EROFS"].includes(code)) return "The archive folder can't be written.";
  return "The worker's log says why.";
}
