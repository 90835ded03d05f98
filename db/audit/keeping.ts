import { and, count, desc, eq, max, sql, sum } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { usualArchiveMb, usualDays } from "#lib/audit/keeping/limits.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { auditRollUps } from "./roll-up-schema.ts";
import { auditArchives, auditHolds, auditPolicies } from "./schema.ts";

export type AuditPolicy = {
  retentionDays: number;
  /** Longer, by category of action. */
  categoryDays: Record<string, number>;
  archiveMb: number;
  /** 0 where the organisation has set nothing. */
  revision: number;
};

/** How long an organisation's entries stay in the database. */
export async function getAuditPolicy(db: Store, scope: Scope): Promise<AuditPolicy> {
  scope.require("audit:read");
  scope.requireEveryAccount();
  return readAuditPolicy(db, scope.organisationId);
}

/** The same for whoever has been allowed to set it, which takes no right to read the trail. */
export async function readAuditPolicy(db: Store, organisationId: string): Promise<AuditPolicy> {
  const [row] = await db
    .select({
      retentionDays: auditPolicies.retentionDays,
      categoryDays: auditPolicies.categoryDays,
      archiveMb: auditPolicies.archiveMb,
      revision: auditPolicies.revision,
    })
    .from(auditPolicies)
    .where(eq(auditPolicies.organisationId, organisationId));
  return row ?? { retentionDays: usualDays, categoryDays: {}, archiveMb: usualArchiveMb, revision: 0 };
}

export type AuditHold = {
  id: string;
  name: string;
  reason: string;
  /** What it covers; null is without end. ISO 8601, as all moments here. */
  from: string | null;
  to: string | null;
  placedBy: string;
  placedAt: string;
  /** Null while it is in force. */
  lifted: { by: string; at: string } | null;
};

/** Legal holds, those in force first, each kind newest first; at most 200. */
export async function listAuditHolds(db: Store, scope: Scope): Promise<AuditHold[]> {
  scope.require("audit:read");
  scope.requireEveryAccount();
  const lifters = alias(users, "lifters");
  const rows = await db
    .select({ hold: auditHolds, placedBy: users.name, liftedBy: lifters.name })
    .from(auditHolds)
    .leftJoin(users, eq(users.id, auditHolds.placedBy))
    .leftJoin(lifters, eq(lifters.id, auditHolds.liftedBy))
    .where(eq(auditHolds.organisationId, scope.organisationId))
    .orderBy(sql`${auditHolds.liftedAt} desc nulls first`, desc(auditHolds.placedAt))
    .limit(200);
  return rows.map(({ hold, placedBy, liftedBy }) => ({
    id: hold.id,
    name: hold.name,
    reason: hold.reason,
    from: hold.from?.toISOString() ?? null,
    to: hold.to?.toISOString() ?? null,
    placedBy: placedBy ?? hold.placedBy,
    placedAt: hold.placedAt.toISOString(),
    lifted: hold.liftedAt
      ? { by: liftedBy ?? hold.liftedBy ?? "system", at: hold.liftedAt.toISOString() }
      : null,
  }));
}

export type AuditArchive = {
  id: string;
  /** The first day of its month; null for a copy made by hand. */
  month: string | null;
  part: number;
  file: string;
  sha256: string;
  /** Bytes, packed. */
  size: number;
  entries: number;
  /** Lowest and highest position, and the earliest and latest moment. */
  first: number;
  last: number;
  from: string;
  to: string;
  createdAt: string;
  /** Whoever asked for it; null for the daily run. */
  createdBy: string | null;
  /** When the database let go of its entries; null while they are in both. */
  droppedAt: string | null;
};

export type AuditArchives = {
  /** Newest first, at most 500. */
  archives: AuditArchive[];
  /** Of all of them. */
  total: { files: number; entries: number; bytes: number; newest: string | null };
};

/** The files that an organisation's entries were archived to. */
export async function listAuditArchives(db: Store, scope: Scope): Promise<AuditArchives> {
  scope.require("audit:read");
  scope.requireEveryAccount();
  const own = eq(auditArchives.organisationId, scope.organisationId);
  const rows = await db
    .select({ archive: auditArchives, createdBy: users.name })
    .from(auditArchives)
    .leftJoin(users, eq(users.id, auditArchives.createdBy))
    .where(own)
    .orderBy(desc(auditArchives.createdAt), desc(auditArchives.part))
    .limit(500);
  const [total] = await db
    .select({
      files: count(),
      entries: sum(auditArchives.entries).mapWith(Number),
      bytes: sum(auditArchives.size).mapWith(Number),
      newest: max(auditArchives.createdAt),
    })
    .from(auditArchives)
    .where(own);
  return {
    archives: rows.map(({ archive, createdBy }) => ({
      ...{ id: archive.id, month: archive.month, part: archive.part, file: archive.file },
      ...{ sha256: archive.sha256, size: archive.size, entries: archive.entries },
      ...{ first: archive.first, last: archive.last },
      from: archive.from.toISOString(),
      to: archive.to.toISOString(),
      createdAt: archive.createdAt.toISOString(),
      createdBy: archive.createdBy === null ? null : (createdBy ?? archive.createdBy),
      droppedAt: archive.droppedAt?.toISOString() ?? null,
    })),
    total: {
      files: total?.files ?? 0,
      entries: total?.entries ?? 0,
      bytes: total?.bytes ?? 0,
      newest: total?.newest?.toISOString() ?? null,
    },
  };
}

/** Where one archive's file is, for whoever may take the trail away; null for another organisation's. */
export async function findAuditArchive(
  db: Store,
  scope: Scope,
  archiveId: string,
): Promise<{ file: string; sha256: string; size: number } | null> {
  scope.require("audit:export");
  scope.requireEveryAccount();
  const [row] = await db
    .select({ file: auditArchives.file, sha256: auditArchives.sha256, size: auditArchives.size })
    .from(auditArchives)
    .where(and(eq(auditArchives.organisationId, scope.organisationId), eq(auditArchives.id, archiveId)));
  return row ?? null;
}

/** What most organisations keep longer, if anything, whether or not there was any of it yet. */
const usualCategories = ["account", "exception", "playbook", "remediation_plan", "session", "token", "user"];

/** What an organisation's entries are about, or may soon be: what stands before the dot of their actions. */
export async function listAuditCategories(db: Store, scope: Scope): Promise<string[]> {
  scope.require("audit:read");
  scope.requireEveryAccount();
  const rows = await db
    .selectDistinct({ category: sql<string>`split_part(${auditRollUps.action}, '.', 1)` })
    .from(auditRollUps)
    .where(and(eq(auditRollUps.organisationId, scope.organisationId), eq(auditRollUps.grain, "day")))
    .orderBy(sql`1`);
  return [...new Set([...usualCategories, ...rows.map(({ category }) => category)])].sort();
}
