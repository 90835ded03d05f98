import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { database } from "#db/client.ts";
import type { PlaybookView } from "#db/remediation/model.ts";
import { getPlaybook } from "#db/remediation/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { ObjectHistory } from "../../_history/object-history.tsx";
import { prerequisiteWords } from "../playbook-words.ts";
import { AsFile } from "./_components/as-file.tsx";
import { FixableFindings } from "./_components/fixable-findings.tsx";
import { FixesList } from "./_components/fixes-list.tsx";
import { Parameters } from "./_components/parameters.tsx";
import { PlaybookHead } from "./_components/playbook-head.tsx";
import { RoleNeeded, RoleWaiting } from "./_components/role-needed.tsx";
import { Section, Sentences } from "./_components/section.tsx";
import { Steps } from "./_components/steps.tsx";

type Props = { params: Promise<{ playbookId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).playbookId).slice(0, 80) };
}

/** One playbook: what it changes, needs and can't undo, and what it would fix now. */
export default async function PlaybookPage({ params }: Props) {
  const [scope, { playbookId }] = [await requireScope(), await params];
  const playbook = await readPlaybook(scope, decodeURIComponent(playbookId));
  const { description, irreversible, leftToPeople, prerequisites, approvals } = playbook;
  return (
    <div className="pb-16">
      <PlaybookHead
        playbook={playbook}
        mayEdit={playbook.source === "custom" && scope.can("remediation:manage") && scope.accountIds === null}
      />
      <div className="grid gap-x-12 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0">
          <Section id="changes" title="What it changes">
            <p className="max-w-[68ch] text-14 text-pretty">
              <Untrusted text={description} limit={2_000} />
            </p>
            <Steps playbook={playbook} />
          </Section>
          <FixableFindings scope={scope} playbook={playbook} />
          <Parameters specs={playbook.parameters} />
          <Section id="role" title="The write role it needs">
            <p className="mb-4 max-w-[68ch] text-14 text-pretty text-ink-soft">
              Fixes are made under an identity of their own, which scans never use. These templates allow what
              this playbook calls, and nothing else.
            </p>
            <Suspense fallback={<RoleWaiting />}>
              <RoleNeeded playbook={playbook} />
            </Suspense>
          </Section>
          <Section id="file" title="As a file">
            <AsFile playbook={playbook} />
          </Section>
          {scope.can("audit:read") && scope.accountIds === null ? (
            <Section id="history" title="In the audit trail">
              <ObjectHistory kind="playbook" id={playbook.id} now={new Date().toISOString()} />
            </Section>
          ) : null}
        </div>
        <aside aria-label="About this playbook" className="min-w-0 xl:pr-6">
          <Section id="undo" title="What it can't undo">
            <Sentences
              sentences={irreversible}
              none="Nothing: every change can be rolled back to exactly what was there before."
            />
          </Section>
          <Section id="people" title="What is left to people">
            <Sentences sentences={leftToPeople} none="Nothing." />
          </Section>
          <Section id="before" title="Before anything is changed">
            <Sentences
              none=""
              sentences={[
                ...prerequisites.map((each) => prerequisiteWords[each]),
                sayApprovals(approvals),
                "What is there is read again; had it changed since the plan, nothing would be touched.",
              ]}
            />
          </Section>
          <FixesList scope={scope} checkIds={playbook.fixes} />
        </aside>
      </div>
    </div>
  );
}

const sayApprovals = (approvals: number): string =>
  approvals === 0
    ? "Nobody has to approve it."
    : approvals === 1
      ? "Somebody else than who asks has approved exactly this plan."
      : "Two others than who asks have approved exactly this plan.";

async function readPlaybook(scope: Scope, id: string): Promise<PlaybookView> {
  try {
    return await getPlaybook(database().db, scope, id);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
