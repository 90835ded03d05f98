import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { readCheckTitles } from "../../findings/labels.ts";
import type { PlanReport } from "../plan-report.ts";
import { readReport } from "../read-report.ts";
import { PlanPage } from "./_components/plan-page.tsx";

type Props = { params: Promise<{ planId: string }> };

const read = cache(async (planId: string): Promise<PlanReport | null> => {
  try {
    return await readReport(database().db, await requireScope(), planId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const report = await read((await params).planId);
  return { title: report ? `${report.plan.title.slice(0, 80)} · Remediation` : "Plan" };
}

/** One plan, from its proposal to its proof. */
export default async function PlanRoute({ params }: Props) {
  const [scope, report] = [await requireScope(), await read((await params).planId)];
  if (!report) notFound();
  const checkIds = [
    ...new Set(report.plan.targets.flatMap(({ findings }) => findings.map(({ checkId }) => checkId))),
  ];
  const title = await readCheckTitles(database().db, scope, checkIds);
  return (
    <PlanPage
      key={report.plan.id}
      initial={report}
      checkTitles={Object.fromEntries(checkIds.map((id) => [id, title(id)]))}
      own={report.plan.requestedBy.id === scope.actor.id}
      readsTrail={scope.can("audit:read") && scope.accountIds === null}
    />
  );
}
