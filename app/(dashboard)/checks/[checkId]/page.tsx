import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GapList } from "#components/scans/gap-list.tsx";
import { listCheckGaps, listCheckStandings } from "#db/checks/queries.ts";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { catalogue } from "#lib/checks/index.ts";
import { ByAccount } from "./_components/by-account.tsx";
import { CheckHead } from "./_components/check-head.tsx";
import { Controls } from "./_components/controls.tsx";
import { OpenFindings } from "./_components/open-findings.tsx";
import { Remedy } from "./_components/remedy.tsx";
import { Section } from "./_components/section.tsx";
import { WhatItReads } from "./_components/what-it-reads.tsx";

type Props = { params: Promise<{ checkId: string }> };

const findCheck = (id: string) => catalogue.find((check) => check.id === id);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: findCheck((await params).checkId)?.title ?? "Check" };
}

/** One check: what it wants to see and why, what it reads, where it stands, how to mend what it finds. */
export default async function CheckPage({ params }: Props) {
  const [scope, { checkId }] = [await requireScope(), await params];
  const check = findCheck(checkId);
  if (!check) notFound();
  const { db } = database();
  const kinds = [check.resource, ...(check.context ?? [])];
  const [standings, gaps] = await Promise.all([
    listCheckStandings(db, scope, checkId),
    listCheckGaps(db, scope, { kinds, permissions: check.permissions }),
  ]);
  return (
    <div className="pb-16">
      <CheckHead check={check} standings={standings} />
      <div className="grid gap-x-12 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0">
          <Section id="why" title="Why it matters">
            <p className="max-w-[68ch] text-14 text-pretty">{check.risk}</p>
          </Section>
          <Section id="accounts" title="Where it stands" wide>
            <ByAccount checkId={checkId} severity={check.severity} standings={standings} />
          </Section>
          <OpenFindings scope={scope} checkId={checkId} />
          {gaps.length > 0 ? (
            <Section id="gaps" title="What keeps it from knowing">
              <p className="mb-4 max-w-[68ch] text-14 text-pretty text-ink-soft">
                The newest readings lack these, so for what hangs on them it answers "unknown".
              </p>
              <GapList gaps={gaps} />
            </Section>
          ) : null}
          <Section id="fix" title="How to fix it">
            <Remedy remediation={check.remediation} />
          </Section>
        </div>
        <aside aria-label="About this check" className="min-w-0 xl:pr-6">
          <WhatItReads check={check} />
          <Controls checkId={checkId} />
        </aside>
      </div>
    </div>
  );
}
