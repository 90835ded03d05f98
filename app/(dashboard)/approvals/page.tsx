import type { Metadata } from "next";
import { Toaster } from "#components/ui/toaster.tsx";
import { database } from "#db/client.ts";
import { type Approval, getApproval, listApprovals } from "#db/triage/approval-queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { LiveRefresh } from "../../_shell/live-refresh.tsx";
import { readCheckTitles } from "../findings/labels.ts";
import { ApprovalTabs } from "./_components/approval-tabs.tsx";
import { NoApprovals } from "./_components/no-approvals.tsx";
import { Queue } from "./_components/queue.tsx";
import { FixQueue } from "./_fixes/fix-queue.tsx";
import { FixesElsewhere } from "./_fixes/fixes-elsewhere.tsx";
import { readFixes } from "./read-fixes.ts";
import { type ApprovalsSearch, parseApprovalsSearch, type RawSearch } from "./search-params.ts";
import { type ApprovalView, sortWaiting, viewApproval } from "./view-approval.ts";

export const metadata: Metadata = { title: "Approvals" };

/** So many of what waits are put in order; more are rare, and stand on the next page. */
const pageSize = 100;

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parseApprovalsSearch(await searchParams)];
  const { db } = database();
  const [{ approvals, next }, fixes] = await Promise.all([
    readApprovals(scope, search),
    readFixes(db, scope, search),
  ]);
  const mayDecide = scope.can("risk:decide") || scope.can("remediation:decide");
  const now = new Date().toISOString();
  const risks =
    approvals.length > 0 ? (
      <Queue
        key={search.exception ?? search.show}
        approvals={approvals}
        may={{
          decide: scope.can("risk:decide"),
          withdraw: scope.can("risk:ask"),
          end: scope.can("findings:triage"),
        }}
        next={next}
        search={search}
        now={now}
      />
    ) : null;
  const nothing = risks ? null : <NoApprovals search={search} mayDecide={mayDecide} />;
  return (
    <div className="mx-auto max-w-3xl px-4 pt-6 pb-24 sm:px-6">
      <LiveRefresh active />
      <h1 className="text-28 tracking-[-0.02em]">Approvals</h1>
      <p className="mt-1 max-w-[60ch] text-14 text-pretty text-ink-soft">
        {mayDecide
          ? "What others ask you to decide on: fixes that change your accounts, and risks to accept. Until you do, nothing happens."
          : "Fixes and risks that somebody asked to have approved. Managers and the CISO decide on them."}
      </p>
      <ApprovalTabs search={search} mayAsk={scope.can("risk:ask")} />
      {search.show === "asked" ? (
        <FixQueue
          key={search.plan ?? "waiting"}
          plans={fixes.plans}
          mayDecide={scope.can("remediation:decide")}
          empty={nothing}
          now={now}
        />
      ) : fixes.plans.length > 0 ? (
        <FixesElsewhere fixes={fixes} show={search.show} now={now} />
      ) : (
        nothing
      )}
      {risks}
      {/* Outside the queue, which goes with the last request that is decided on. */}
      <Toaster />
    </div>
  );
}

async function readApprovals(
  scope: Scope,
  { show, exception, plan, after }: ApprovalsSearch,
): Promise<{ approvals: ApprovalView[]; next: string | null }> {
  if (plan) return { approvals: [], next: null };
  const { db } = database();
  if (exception) {
    const one = await getApproval(db, scope, exception).catch((error: unknown) => {
      // What can't be seen is said to be gone, in the place of the card.
      if (error instanceof DomainError && error.code === "not_found") return null;
      throw error;
    });
    return { approvals: one ? await viewAll(scope, [one]) : [], next: null };
  }
  const { approvals, next } = await listApprovals(db, scope, { list: show, limit: pageSize, after });
  return { approvals: await viewAll(scope, show === "asked" ? sortWaiting(approvals) : approvals), next };
}

async function viewAll(scope: Scope, approvals: readonly Approval[]): Promise<ApprovalView[]> {
  const checkIds = approvals.flatMap(({ checks }) => checks.map(({ id }) => id));
  const titles = await readCheckTitles(database().db, scope, checkIds);
  return approvals.map((approval) => viewApproval(approval, titles));
}
