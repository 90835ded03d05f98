import type { Metadata } from "next";
import { database } from "#db/client.ts";
import { getSlaPolicy } from "#db/triage/queries.ts";
import { previewSlaDays } from "#db/triage/sla-preview.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../../_shell/live-refresh.tsx";
import { SlaForm } from "./_components/sla-form.tsx";
import { SlaProgress } from "./_components/sla-progress.tsx";

export const metadata: Metadata = { title: "Due dates" };

export default async function SlaPage() {
  const scope = await requireScope();
  const { db } = database();
  const policy = await getSlaPolicy(db, scope);
  const standing = await previewSlaDays(db, scope, policy.days);
  // As long as nobody has set days of their own, nothing is under way.
  const toMove =
    policy.revision > 0 ? Object.values(standing).reduce((sum, each) => sum + each.toMove, 0) : 0;
  const mayManage = scope.can("sla:manage") && scope.accountIds === null;
  return (
    <div className="max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <LiveRefresh active={toMove > 0} />
      <h1 className="text-28 tracking-[-0.02em]">Due dates</h1>
      <p className="mt-1 max-w-[68ch] text-14 text-pretty text-ink-soft">
        By when a finding ought to be mended, counted from the day it opened. A date that somebody set by hand
        stays as it is.
        {mayManage ? "" : " Managers and administrators set these days."}
      </p>
      <SlaProgress toMove={toMove} />
      <SlaForm key={policy.revision} policy={policy} standing={standing} mayManage={mayManage} />
    </div>
  );
}
