import type { Metadata, Route } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/chip.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { database } from "#db/client.ts";
import { readPlanHints } from "#db/remediation/plan-hints.ts";
import { listPlans } from "#db/remediation/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../_shell/live-refresh.tsx";
import { RowKeys } from "../../_shell/row-keys.tsx";
import { NoPlans } from "./_components/no-plans.tsx";
import { PlanRows } from "./_components/plan-rows.tsx";
import { PlanTabs } from "./_components/plan-tabs.tsx";
import { parseRemediationSearch, type RawSearch, remediationHref } from "./search-params.ts";

export const metadata: Metadata = { title: "Remediation" };

const pageSize = 50;

export default async function RemediationPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parseRemediationSearch(await searchParams)];
  const { show: list, playbook, after } = search;
  const { db } = database();
  const { plans, next } = await listPlans(db, scope, { list, playbook, after, limit: pageSize });
  const hints = await readPlanHints(
    db,
    scope,
    plans.map(({ id }) => id),
  );
  const rows = plans.map((plan) => ({ ...plan, resource: hints.get(plan.id)?.resource ?? "" }));
  const mayPropose = scope.can("remediation:propose");
  return (
    <div className="pb-16">
      <LiveRefresh active />
      <header className="px-4 pt-6 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">Remediation</h1>
        <p className="mt-1 max-w-[64ch] text-14 text-pretty text-ink-soft">
          Fixes that somebody proposed: what waits, what is being changed, and what came of it. Each can be
          opened to its last call.
        </p>
        <PlanTabs search={search} mayPropose={mayPropose} />
      </header>
      {playbook ? (
        <div className="px-4 pt-3 sm:px-6">
          <FilterChip name="Playbook" without={remediationHref(search, { playbook: undefined }) as Route}>
            <Untrusted text={playbook} limit={80} />
          </FilterChip>
        </div>
      ) : null}
      {plans.length > 0 ? (
        <RowKeys rows="li > a" className={playbook ? "pt-3" : "[&>ul]:border-t-0"}>
          <PlanRows plans={rows} now={new Date().toISOString()} label="Plans" />
        </RowKeys>
      ) : (
        <NoPlans
          show={list}
          isNarrowed={playbook !== undefined || after !== undefined}
          mayPropose={mayPropose}
        />
      )}
      {next ? (
        <div className="px-4 pt-5 sm:px-6">
          <LinkButton href={remediationHref(search, { after: next }) as Route}>Older ones</LinkButton>
        </div>
      ) : null}
    </div>
  );
}
