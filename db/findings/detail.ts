import { and, eq } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { resources } from "../resources/schema.ts";
import { coverage } from "../scans/schema.ts";
import { readException } from "./exception.ts";
import { visibleFindings } from "./filters.ts";
import type { FindingDetail, Person } from "./model.ts";
import { findings } from "./schema.ts";
import { readTimeline } from "./timeline.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** One finding with all that its panel shows. Throws `not_found`, also for another organisation's. */
export async function getFinding(db: Store, scope: Scope, findingId: string): Promise<FindingDetail> {
  scope.require("findings:read");
  const [row] = findingId.includes("\0")
    ? []
    : await db
        .select({
          finding: findings,
          resource: resources,
          account: accounts,
          assignee: { id: users.id, name: users.name },
          confirmedAt: coverage.cleanAt,
        })
        .from(findings)
        .innerJoin(resources, eq(resources.id, findings.resourceId))
        .innerJoin(accounts, eq(accounts.id, findings.accountId))
        .leftJoin(users, eq(users.id, findings.assigneeId))
        .leftJoin(
          coverage,
          and(
            eq(coverage.accountId, findings.accountId),
            eq(coverage.service, findings.service),
            eq(coverage.region, resources.unitRegion),
            eq(coverage.kind, resources.kind),
          ),
        )
        .where(and(visibleFindings(scope), eq(findings.id, findingId)));
  if (!row) throw new DomainError("not_found", "There is no finding with this id.");
  const [exception, timeline] = await Promise.all([
    row.finding.exceptionId ? readException(db, scope, row.finding.exceptionId) : null,
    readTimeline(db, scope, findingId),
  ]);
  return { ...toDetail(row), exception, timeline };
}

type DetailRow = {
  finding: typeof findings.$inferSelect;
  resource: typeof resources.$inferSelect;
  account: typeof accounts.$inferSelect;
  assignee: Person | null;
  confirmedAt: Date | null;
};

function toDetail({
  finding,
  resource,
  account,
  assignee,
  confirmedAt,
}: DetailRow): Omit<FindingDetail, "exception" | "timeline"> {
  const { id, checkId, severity, status, state, source, reason, service, region, owner, revision } = finding;
  const { uid, name, kind, tags, config, unread } = resource;
  return {
    id,
    checkId,
    severity,
    status,
    state,
    source,
    reason,
    service,
    region,
    owner,
    revision,
    assignee,
    reopened: finding.reopened,
    evidence: finding.evidence,
    resolution: finding.resolution,
    dueByHand: finding.dueByHand,
    firstSeenAt: finding.firstSeenAt.toISOString(),
    openedAt: finding.openedAt.toISOString(),
    dueAt: iso(finding.dueAt),
    resolvedAt: iso(finding.resolvedAt),
    suppressedUntil: iso(finding.suppressedUntil),
    unverifiedSince: iso(finding.unverifiedSince),
    // What was imported no scan of Parapet's confirms.
    confirmedAt: source === "parapet" ? iso(confirmedAt) : null,
    account: {
      id: account.id,
      name: account.name,
      cloud: account.cloud,
      externalId: account.externalId,
      disabledAt: iso(account.disabledAt),
    },
    resource: {
      id: resource.id,
      uid,
      name,
      kind,
      tags,
      config,
      unread,
      changedAt: resource.changedAt.toISOString(),
      deletedAt: iso(resource.deletedAt),
    },
  };
}
