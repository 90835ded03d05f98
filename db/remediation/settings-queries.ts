import { and, asc, eq, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { type RemediationLimits, type RemediationSettings, remediationDefaults } from "./model.ts";
import { autoApprovals, changeWindows, remediationSettings } from "./schema.ts";
import { texts } from "./visible.ts";

export type OwnLimits = RemediationLimits & { revision: number; frozen: boolean };

/** An organisation's limits, for the verbs and the worker; the defaults, with revision 0, where nobody has set any. */
export async function readLimits(db: Store, organisationId: string): Promise<OwnLimits> {
  const [row] = await db
    .select()
    .from(remediationSettings)
    .where(eq(remediationSettings.organisationId, organisationId));
  if (!row) return { ...remediationDefaults, revision: 0, frozen: false };
  const { maxResources, parallel, stopAtFailedPercent, expiryHours, revision, frozenAt } = row;
  return { maxResources, parallel, stopAtFailedPercent, expiryHours, revision, frozen: frozenAt !== null };
}

/**
 * Limits, freeze, change windows and automatic approvals. Of accounts that the scope can't see, nothing is told.
 */
export async function getRemediationSettings(db: Store, scope: Scope): Promise<RemediationSettings> {
  scope.require("remediation:read");
  const { organisationId } = scope;
  const [[row], windows, rules] = await Promise.all([
    db
      .select({ settings: remediationSettings, frozenBy: { id: users.id, name: users.name } })
      .from(remediationSettings)
      .leftJoin(users, eq(users.id, remediationSettings.frozenBy))
      .where(eq(remediationSettings.organisationId, organisationId)),
    listChangeWindows(db, scope),
    listAutoApprovals(db, scope),
  ]);
  const { maxResources, parallel, stopAtFailedPercent, expiryHours, revision } = row?.settings ?? {
    ...remediationDefaults,
    revision: 0,
  };
  const frozenAt = row?.settings.frozenAt ?? null;
  return {
    ...{ maxResources, parallel, stopAtFailedPercent, expiryHours, revision },
    freeze: frozenAt && {
      by: row?.frozenBy ?? null,
      at: frozenAt.toISOString(),
      reason: row?.settings.freezeReason ?? "",
    },
    windows,
    autoApprovals: rules,
  };
}

/** Those of all accounts first, then by the account's name. */
async function listChangeWindows(db: Store, scope: Scope): Promise<RemediationSettings["windows"]> {
  const rows = await db
    .select({
      ...{ id: changeWindows.id, days: changeWindows.days, start: changeWindows.start },
      ...{ end: changeWindows.end, timeZone: changeWindows.timeZone },
      account: { id: accounts.id, name: accounts.name },
    })
    .from(changeWindows)
    .leftJoin(accounts, eq(accounts.id, changeWindows.accountId))
    .where(
      and(
        eq(changeWindows.organisationId, scope.organisationId),
        scope.accountIds === null
          ? undefined
          : sql`(${changeWindows.accountId} is null or ${changeWindows.accountId} = any(${texts(scope.accountIds)}))`,
      ),
    )
    .orderBy(sql`${accounts.name} nulls first`, asc(changeWindows.id));
  return rows;
}

async function listAutoApprovals(db: Store, scope: Scope): Promise<RemediationSettings["autoApprovals"]> {
  const rows = await db
    .select({
      ...{ id: autoApprovals.id, playbook: autoApprovals.playbook, severity: autoApprovals.severity },
      account: { id: accounts.id, name: accounts.name },
      createdBy: { id: users.id, name: users.name },
      createdAt: autoApprovals.createdAt,
    })
    .from(autoApprovals)
    .innerJoin(accounts, eq(accounts.id, autoApprovals.accountId))
    .innerJoin(users, eq(users.id, autoApprovals.createdBy))
    .where(
      and(
        eq(autoApprovals.organisationId, scope.organisationId),
        scope.accountIds === null ? undefined : sql`${accounts.id} = any(${texts(scope.accountIds)})`,
      ),
    )
    .orderBy(asc(autoApprovals.playbook), asc(accounts.name), asc(autoApprovals.severity));
  return rows.map(({ createdAt, ...rule }) => ({ ...rule, createdAt: createdAt.toISOString() }));
}
