import type { Metadata } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listSources } from "#db/accounts/source-queries.ts";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../../_shell/live-refresh.tsx";
import { SourcesTable } from "./_components/sources-table.tsx";

export const metadata: Metadata = { title: "Organisations" };

export default async function OrganisationsPage() {
  const scope = await requireScope();
  const sources = await listSources(database().db, scope);
  const connect = scope.can("accounts:manage") ? (
    <LinkButton href="/settings/organisations/connect" look="primary">
      Connect an organisation
    </LinkButton>
  ) : null;
  if (sources.length === 0) {
    return (
      <>
        <h1 className="sr-only">Organisations</h1>
        <EmptyState title="No organisation is connected" action={connect}>
          An organisation tells Parapet which accounts there are: AWS Organizations, or the Azure
          subscriptions and Google Cloud projects that an identity can see. You pick from them, or have new
          ones connected by themselves.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <LiveRefresh active={sources.some(({ lastSync }) => lastSync === null)} />
      <header className="flex flex-wrap items-end justify-between gap-4 px-4 pt-6 pb-5 sm:px-6">
        <div>
          <h1 className="text-28 tracking-[-0.02em]">
            {sources.length === 1 ? "1 organisation" : `${sources.length} organisations`}
          </h1>
          <p className="mt-1 text-14 text-ink-soft">
            Where accounts are found, and how their members are reached.
          </p>
        </div>
        {connect}
      </header>
      <SourcesTable sources={sources} now={new Date().toISOString()} />
    </>
  );
}
