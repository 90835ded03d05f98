import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { kindWord } from "#components/resources/kind-words.ts";
import { Identifier } from "#components/ui/identifier.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { database } from "#db/client.ts";
import { getResource, readSnapshots } from "#db/resources/detail.ts";
import type { ResourceDetail } from "#db/resources/model.ts";
import { listRelations } from "#db/resources/relations.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { BackLink } from "./_components/back-link.tsx";
import { ChecksList } from "./_components/checks-list.tsx";
import { ConfigTree } from "./_components/config-tree.tsx";
import { DriftList } from "./_components/drift-list.tsx";
import { Facts } from "./_components/facts.tsx";
import { FindingsList } from "./_components/findings-list.tsx";
import { RelationsList } from "./_components/relations-list.tsx";
import { Section } from "./_components/section.tsx";
import { driftSteps } from "./drift.ts";

type Props = { params: Promise<{ resourceId: string }> };

const readResource = cache(async (resourceId: string): Promise<ResourceDetail | null> => {
  try {
    return await getResource(database().db, await requireScope(), resourceId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const resource = await readResource((await params).resourceId);
  return { title: resource ? `${resource.name.slice(0, 80)} · Resources` : "Resource" };
}

/** One resource: what it is, what is wrong with it, how it changed, how it is set up, and what it belongs to. */
export default async function ResourcePage({ params }: Props) {
  const { resourceId } = await params;
  const resource = await readResource(resourceId);
  if (!resource) notFound();
  const [scope, { db }] = [await requireScope(), database()];
  const [relations, snapshots] = await Promise.all([
    listRelations(db, scope, resourceId),
    readSnapshots(db, scope, resourceId),
  ]);
  const steps = driftSteps(snapshots, resource.deletedAt !== null);
  const now = new Date().toISOString();
  return (
    <div className="@container/page pb-16">
      <header className="border-b border-line px-4 pt-5 pb-5 sm:px-6">
        <BackLink />
        <p className="label-caps mt-3">{kindWord(resource.kind)}</p>
        <h1 className="mt-1 text-28 tracking-[-0.02em]">
          <Untrusted text={resource.name.trim() || resource.uid} limit={300} />
        </h1>
        <div className="mt-1.5 flex max-w-full text-ink-soft">
          <Identifier value={resource.uid} what="the resource's id" tail={28} />
        </div>
      </header>
      <div className="grid gap-x-10 px-4 sm:px-6 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="min-w-0 @max-4xl/page:contents">
          <Section title="Findings" id="findings" className="order-2">
            <FindingsList findings={resource.findings} now={now} />
          </Section>
          <Section title="Drift" id="drift" className="order-3">
            <DriftList
              resourceId={resource.id}
              steps={steps}
              gone={resource.deletedAt !== null}
              firstSeenAt={resource.firstSeenAt}
              now={now}
            />
          </Section>
          <Section title="Configuration" id="configuration" className="order-6">
            <ConfigTree config={resource.config} unread={resource.unread} />
          </Section>
        </div>
        <aside aria-label="About the resource" className="min-w-0 @max-4xl/page:contents">
          <Section title="Facts" id="facts" className="order-1">
            <Facts resource={resource} now={now} />
          </Section>
          <Section title="Relations" id="relations" className="order-4">
            <RelationsList relations={relations} now={now} />
          </Section>
          <Section title="Checks" id="checks" className="order-5">
            <ChecksList verdicts={resource.verdicts} gone={resource.deletedAt !== null} />
          </Section>
        </aside>
      </div>
    </div>
  );
}
