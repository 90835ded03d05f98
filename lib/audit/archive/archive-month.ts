import { join } from "node:path";
import { and, eq, gte, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { auditArchives, auditPolicies } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { Scope } from "../../auth/scope.ts";
import { usualArchiveMb } from "../keeping/limits.ts";
import type { SealedSelection } from "../proof/sealed.ts";
import { type Leaving, positionsBetween, type TrailMonth } from "./months.ts";
import { isIntact } from "./read-back.ts";
import { recordArchive } from "./record-archive.ts";
import { writeArchives } from "./write-archives.ts";

export type ArchiveOptions = {
  folder: string;
  /** Bytes that a file may have; what the organisation's policy says when left out. */
  limitBytes?: number;
  signal?: AbortSignal | undefined;
};

/**
 * Archives what of a month an organisation keeps no longer, unless a file that is still on the disk holds it already: so
 * a run that died goes on where it was. Returns how many entries it archived.
 */
export async function archiveMonth(
  db: Database,
  month: TrailMonth,
  leaving: Leaving,
  { folder, limitBytes, signal }: ArchiveOptions,
): Promise<number> {
  const { organisationId } = leaving;
  const selection = await selectUnarchived(db, month, leaving, folder);
  if (!selection) return 0;
  const label = month.month?.slice(0, 7) ?? "elsewhere";
  const wish = {
    ...{ selection, label, folder, signal },
    about: month.month ? `Entries of ${label}` : "Entries dated outside all months",
    limitBytes: limitBytes ?? (await archiveBytes(db, organisationId)),
  };
  const scope = Scope.ofSystem(organisationId, "audit");
  let archived = 0;
  let startedAt = performance.now();
  for await (const archive of writeArchives(db, wish)) {
    const durationMs = performance.now() - startedAt;
    await recordArchive(db, scope, archive, { month: month.month, createdBy: null, durationMs });
    archived += archive.entries;
    startedAt = performance.now();
  }
  return archived;
}

/** Bytes that an archive file of the organisation's may have. */
export async function archiveBytes(db: Database, organisationId: string): Promise<number> {
  const [policy] = await db
    .select({ archiveMb: auditPolicies.archiveMb })
    .from(auditPolicies)
    .where(eq(auditPolicies.organisationId, organisationId));
  return (policy?.archiveMb ?? usualArchiveMb) * 1_000_000;
}

/** What has to be archived; null when all of it is. */
async function selectUnarchived(
  db: Database,
  { name, month }: TrailMonth,
  { organisationId, from, to }: Leaving,
  folder: string,
): Promise<SealedSelection | null> {
  const covered = await intactPositions(db, { organisationId, from, to }, folder);
  if (covered === null && month !== null) {
    return {
      where: sql`organisation_id = ${organisationId} and audit_leaves(organisation_id, action, at, now())`,
      from,
      to: new Date(to.getTime() + 1),
    };
  }
  const rows = await db.execute(sql`
    select e.id, e.at from ${sql.identifier(name)} e join ${positionsBetween(from, to)} p on p.id = e.id
    where e.organisation_id = ${organisationId} and audit_leaves(e.organisation_id, e.action, e.at, now())
      and not p.position <@ ${covered ?? "{}"}::int8multirange`);
  const entries = rows.map((row) => entryRow.parse(row));
  return entries.length > 0 ? { entries } : null;
}

const entryRow = z.object({ id: z.coerce.number(), at: z.coerce.date() });

/** Which positions are in archives that are on the disk as they were written; null where there is none. */
async function intactPositions(
  db: Database,
  { organisationId, from, to }: Leaving,
  folder: string,
): Promise<string | null> {
  const archives = await db
    .select({
      id: auditArchives.id,
      file: auditArchives.file,
      sha256: auditArchives.sha256,
      size: auditArchives.size,
    })
    .from(auditArchives)
    .where(
      and(
        eq(auditArchives.organisationId, organisationId),
        gte(auditArchives.to, from),
        lte(auditArchives.from, to),
      ),
    );
  const intact: string[] = [];
  for (const archive of archives) {
    if ((await isIntact(join(folder, archive.file), archive)) === "intact") intact.push(archive.id);
  }
  if (intact.length === 0) return null;
  const [row] = await db.execute(
    sql`select range_agg(positions)::text as positions from audit_archives where id = any(${`{${intact.join(",")}}`}::text[])`,
  );
  return z.object({ positions: z.string() }).parse(row).positions;
}
