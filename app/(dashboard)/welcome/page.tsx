import { randomBytes } from "node:crypto";
import type { Metadata } from "next";
import { rolePermissions } from "#app/(dashboard)/settings/_connection/read-role-permissions.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../_shell/live-refresh.tsx";
import { LiveScan } from "../scans/_components/live-scan.tsx";
import { FirstFindings } from "./_components/first-findings.tsx";
import { LandOn } from "./_components/land-on.tsx";
import { NobodyYet } from "./_components/nobody-yet.tsx";
import { TrialProgress } from "./_components/trial-progress.tsx";
import { TwoWays } from "./_components/two-ways.tsx";
import { readWelcome } from "./read-welcome.ts";

export const metadata: Metadata = { title: "Welcome" };

/** From an empty installation to the first finding, all on one page. */
export default async function WelcomePage() {
  const scope = await requireScope();
  const { accounts, trial, whyNoTrial, seals, report, hasScanned, worst, open } = await readWelcome(scope);
  const mayManage = scope.can("accounts:manage");
  const isEmpty = accounts === 0 && trial === null;
  const isMoving = report !== null || trial?.state === "starting" || (accounts > 0 && !hasScanned);
  const first = worst[0];
  return (
    <div className="pb-24">
      <LiveRefresh active={isMoving} />
      <LandOn
        href={first ? `/findings?finding=${first.id}` : "/findings"}
        isUnderWay={report !== null}
        hasLanded={first !== undefined}
      />
      <header className="px-4 pt-8 pb-8 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">
          {isEmpty ? "Welcome to Parapet" : "On the way to your first finding"}
        </h1>
        <p className="mt-1 max-w-[64ch] text-14 text-pretty text-ink-soft">
          {isEmpty
            ? "Connect an account and see within minutes what stands open in it. Parapet reads; it changes nothing."
            : report
              ? "Everything is being read now. Findings show as they are found."
              : hasScanned
                ? "The first scan has ended."
                : "It takes a moment until the first scan begins."}
        </p>
      </header>
      {isEmpty ? (
        <div className="px-4 sm:px-6">
          {mayManage ? (
            <TwoWays
              whyNoTrial={whyNoTrial}
              seals={seals}
              suggestedExternalId={`parapet-${randomBytes(12).toString("hex")}`}
              permissions={rolePermissions()}
            />
          ) : (
            <NobodyYet />
          )}
        </div>
      ) : null}
      {trial && (trial.state !== "running" || accounts === 0) ? (
        <TrialProgress trial={trial} mayManage={mayManage} />
      ) : null}
      {report ? <LiveScan initial={report} canCancel={scope.can("scans:run")} /> : null}
      {isEmpty ? null : (
        <FirstFindings worst={worst} open={open} isUnderWay={report !== null} hasScanned={hasScanned} />
      )}
    </div>
  );
}
