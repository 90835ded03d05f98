import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import { defineMutation } from "../../mutation.ts";
import type { AuditActor } from "../append.ts";
import { type ArchiveOptions, archiveBytes } from "./archive-month.ts";
import { archiveFolder } from "./folder.ts";
import { recordArchive, recordArchiveFailure } from "./record-archive.ts";
import { type WrittenArchive, writeArchives } from "./write-archives.ts";

const moment = z.iso.datetime({ offset: true }).nullable();

export const RequestArchiveInput = z
  .strictObject({
    /** From one moment up to another; null is without end. */
    from: moment.default(null),
    to: moment.default(null),
  })
  .refine(({ from, to }) => !from || !to || new Date(from) < new Date(to), {
    path: ["to"],
    message: "must be after the beginning",
  });

/** What a worker is asked for, and by whom. */
export type ArchiveRequest = {
  /** ISO 8601; null is without end. */
  from: string | null;
  to: string | null;
  by: AuditActor;
};

/** Has a worker write the organisation's entries of a time to archive files at once. They stay in the database, too. */
export const requestArchive = defineMutation({
  permission: "audit:manage",
  act: { action: "audit_archive.request", kind: "organisation", id: ({ organisationId }) => organisationId },
  input: RequestArchiveInput,
  async run({ tx, scope, input: { from, to } }) {
    scope.requireEveryAccount();
    const { organisationId, actor, tokenId, correlationId, origin } = scope;
    const data = { from, to, by: { organisationId, actor, tokenId, correlationId, origin } };
    await enqueue(tx, "audit-archive", [{ data }]);
    return {
      result: { queued: true as const },
      audit: {
        action: "audit_archive.request",
        object: { kind: "organisation", id: organisationId },
        after: { from, to },
      },
    };
  },
});

/** What `requestArchive` asked for. Where it fails, the trail says so. */
export async function performArchive(
  db: Database,
  request: ArchiveRequest,
  options: Partial<ArchiveOptions> = {},
): Promise<void> {
  try {
    await archiveNow(db, request.by, request, options);
  } catch (error) {
    if (!options.signal?.aborted) await recordArchiveFailure(db, request.by, error);
    throw error;
  }
}

/**
 * Writes an organisation's entries of a time to archive files, as far as they are sealed and a checkpoint covers them. For
 * whoever has been allowed to: the job of `requestArchive`, and the command line.
 */
export async function archiveNow(
  db: Database,
  actor: AuditActor,
  { from, to }: Pick<ArchiveRequest, "from" | "to">,
  options: Partial<ArchiveOptions> = {},
): Promise<WrittenArchive[]> {
  const { organisationId } = actor;
  const { folder = archiveFolder(), signal } = options;
  const wish = {
    selection: {
      where: sql`organisation_id = ${organisationId}`,
      from: from === null ? null : new Date(from),
      to: to === null ? null : new Date(to),
    },
    ...{ label: "copy", folder, signal },
    about: `Entries ${from ? `from ${from}` : "from the beginning"} ${to ? `up to ${to}` : "until now"}`,
    limitBytes: options.limitBytes ?? (await archiveBytes(db, organisationId)),
  };
  const archives: WrittenArchive[] = [];
  let startedAt = performance.now();
  for await (const archive of writeArchives(db, wish)) {
    const durationMs = performance.now() - startedAt;
    await recordArchive(db, actor, archive, { month: null, createdBy: actor.actor.id, durationMs });
    archives.push(archive);
    startedAt = performance.now();
  }
  return archives;
}
