import type { Database } from "#db/client.ts";
import type { PlanSummary } from "#db/remediation/model.ts";
import { readPlanHints } from "#db/remediation/plan-hints.ts";
import { getPlan, listPlans } from "#db/remediation/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import type { WaitingFix } from "./_fixes/fix-queue.tsx";
import type { ApprovalsSearch } from "./search-params.ts";

/** So many are put in order; there are rarely more. */
const most = 100;
/** Of those that wait no more, the others are on a page of their own. */
const fewest = 10;

export type Fixes = { plans: WaitingFix[]; more: boolean };

/** The fixes that the address asks for: those that wait in the order of their urgency, the others newest first. */
export async function readFixes(db: Database, scope: Scope, search: ApprovalsSearch): Promise<Fixes> {
  if (search.exception || !scope.can("remediation:read")) return { plans: [], more: false };
  if (search.plan) {
    const plan = await getPlan(db, scope, search.plan).catch((error: unknown) => {
      // What can't be seen is said to be gone, in the place of the card.
      if (error instanceof DomainError && error.code === "not_found") return null;
      throw error;
    });
    return { plans: plan ? await withHints(db, scope, [summaryOf(plan)]) : [], more: false };
  }
  if (search.show !== "asked") {
    const list = search.show === "own" ? "own" : "ended";
    const { plans, next } = await listPlans(db, scope, { list, limit: fewest });
    return { plans: await withHints(db, scope, plans), more: next !== null };
  }
  const { plans, next } = await listPlans(db, scope, { list: "waiting", limit: most });
  return { plans: sortFixes(await withHints(db, scope, plans)), more: next !== null };
}

async function withHints(db: Database, scope: Scope, plans: readonly PlanSummary[]): Promise<WaitingFix[]> {
  const ids = plans.map(({ id }) => id);
  const hints = await readPlanHints(db, scope, ids);
  return plans.map((plan) => ({ ...plan, ...(hints.get(plan.id) ?? { alike: plan.id, resource: "" }) }));
}

/** First those that the reader can decide on, then the gravest, then whatever expires soonest. */
export function sortFixes<P extends Pick<PlanSummary, "can" | "severity" | "expiresAt">>(
  plans: readonly P[],
): P[] {
  return plans.toSorted(
    (a, b) =>
      Number(b.can.decide) - Number(a.can.decide) ||
      gravity(a.severity) - gravity(b.severity) ||
      (a.expiresAt ?? "").localeCompare(b.expiresAt ?? ""),
  );
}

const gravity = (severity: Severity | null): number =>
  severity === null ? severities.length : severities.indexOf(severity);

/** A plan without what its page alone shows, which the card reads when it comes into sight. */
function summaryOf(plan: Awaited<ReturnType<typeof getPlan>>): PlanSummary {
  const { document: _, targets: __, blastRadius: ___, parameters: ____, ...summary } = plan;
  return summary;
}
