import type { Approval } from "#db/triage/approval-queries.ts";
import { severities } from "#lib/checks/model.ts";
import type { CheckTitle } from "../findings/labels.ts";

/** A request as its card shows it. */
export type ApprovalView = Omit<Approval, "checks"> & {
  checks: { id: string; title: string; findings: number }[];
  /** The same for requests about the same things, which can be decided on at once. */
  alike: string;
};

export function viewApproval(approval: Approval, checkTitle: CheckTitle): ApprovalView {
  const checks = approval.checks.map((check) => ({ ...check, title: checkTitle(check.id) }));
  const alike = checks
    .map(({ id }) => id)
    .sort()
    .join(" ");
  return { ...approval, checks, alike: approval.checkCount > checks.length ? approval.id : alike };
}

/** First those with findings that are overdue, then the gravest, then whoever has waited longest. */
export function sortWaiting<A extends Pick<Approval, "overdue" | "severities" | "askedAt">>(
  approvals: readonly A[],
): A[] {
  const gravity = ({ severities: counts }: A): number => {
    const worst = severities.findIndex((severity) => counts[severity] > 0);
    return worst < 0 ? severities.length : worst;
  };
  return approvals.toSorted(
    (a, b) =>
      Number(b.overdue > 0) - Number(a.overdue > 0) ||
      gravity(a) - gravity(b) ||
      a.askedAt.localeCompare(b.askedAt),
  );
}
