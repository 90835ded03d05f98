import { and, asc, eq, inArray } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import type { ImportedCheck } from "./model.ts";
import { importedChecks } from "./schema.ts";

type Store = Database | Transaction;

const columns = {
  checkId: importedChecks.checkId,
  source: importedChecks.source,
  title: importedChecks.title,
  severity: importedChecks.severity,
  risk: importedChecks.risk,
  remediation: importedChecks.remediation,
  url: importedChecks.url,
};

/** True for the id of another tool's check. Parapet's own begin with a cloud. */
export const isImportedCheck = (checkId: string): boolean => /^(prowler|security_hub|sarif)\./.test(checkId);

/** What another tool says of one of its checks; null for one that no report has named. */
export async function getImportedCheck(
  db: Store,
  scope: Scope,
  checkId: string,
): Promise<ImportedCheck | null> {
  scope.require("findings:read");
  const [found] = await db
    .select(columns)
    .from(importedChecks)
    .where(and(eq(importedChecks.organisationId, scope.organisationId), eq(importedChecks.checkId, checkId)));
  return found ?? null;
}

/** Every check of other tools that has been imported, by id. */
export async function listImportedChecks(db: Store, scope: Scope): Promise<ImportedCheck[]> {
  scope.require("findings:read");
  return db
    .select(columns)
    .from(importedChecks)
    .where(eq(importedChecks.organisationId, scope.organisationId))
    .orderBy(asc(importedChecks.checkId));
}

/** Titles of those of the checks that are other tools', by id. Asks nothing when there is none. */
export async function labelChecks(
  db: Store,
  scope: Scope,
  checkIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  scope.require("findings:read");
  const foreign = [...new Set(checkIds.filter(isImportedCheck))];
  if (foreign.length === 0) return new Map();
  const rows = await db
    .select({ checkId: importedChecks.checkId, title: importedChecks.title })
    .from(importedChecks)
    .where(
      and(eq(importedChecks.organisationId, scope.organisationId), inArray(importedChecks.checkId, foreign)),
    );
  return new Map(rows.map(({ checkId, title }) => [checkId, title]));
}
