import { and, eq, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { resources } from "../resources/schema.ts";
import { findingExceptions } from "../triage/schema.ts";
import { visibleFindings } from "./filters.ts";
import type { FindingRow } from "./model.ts";
import { findings } from "./schema.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;

const shortened = (column: AnyPgColumn) =>
  sql<string>`case when length(${column}) > 400 then left(${column}, 300) || '…' || right(${column}, 100) else ${column} end`;

/** The findings with these ids that the scope may see, in the order of the ids. */
export async function readFindingRows(
  db: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<FindingRow[]> {
  scope.require("findings:read");
  const wanted = ids.filter((id) => !id.includes("\0"));
  if (wanted.length === 0) return [];
  const found = await db
    .select({
      id: findings.id,
      checkId: findings.checkId,
      severity: findings.severity,
      status: findings.status,
      state: findings.state,
      source: findings.source,
      reason: sql<string>`left(${findings.reason}, 500)`,
      account: {
        id: accounts.id,
        name: accounts.name,
        cloud: accounts.cloud,
        disabled: sql<boolean>`${accounts.disabledAt} is not null`,
      },
      service: findings.service,
      region: findings.region,
      resource: { id: resources.id, name: shortened(resources.name), uid: shortened(resources.uid) },
      assignee: { id: users.id, name: users.name },
      owner: findings.owner,
      openedAt: findings.openedAt,
      dueAt: findings.dueAt,
      resolvedAt: findings.resolvedAt,
      suppressedUntil: findings.suppressedUntil,
      acceptanceAsked: sql<boolean>`coalesce(${findingExceptions.status} = 'asked', false)`,
      reopened: findings.reopened,
      unverifiedSince: findings.unverifiedSince,
      revision: findings.revision,
    })
    .from(findings)
    .innerJoin(resources, eq(resources.id, findings.resourceId))
    .innerJoin(accounts, eq(accounts.id, findings.accountId))
    .leftJoin(users, eq(users.id, findings.assigneeId))
    .leftJoin(findingExceptions, eq(findingExceptions.id, findings.exceptionId))
    .where(and(visibleFindings(scope), inArray(findings.id, wanted)));
  const byId = new Map(
    found.map((row) => [
      row.id,
      {
        ...row,
        openedAt: row.openedAt.toISOString(),
        dueAt: iso(row.dueAt),
        resolvedAt: iso(row.resolvedAt),
        suppressedUntil: iso(row.suppressedUntil),
        unverifiedSince: iso(row.unverifiedSince),
      } satisfies FindingRow,
    ]),
  );
  return wanted.flatMap((id) => byId.get(id) ?? []);
}
