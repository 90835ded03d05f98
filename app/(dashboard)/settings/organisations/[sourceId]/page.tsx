import type { Metadata } from "next";
import { listMembers } from "#db/accounts/source-queries.ts";
import { listHistory } from "#db/audit/queries.ts";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../../../_shell/live-refresh.tsx";
import { History } from "../../accounts/[accountId]/_components/history.tsx";
import { MembersTable } from "./_components/members-table.tsx";
import { SourceHead } from "./_components/source-head.tsx";
import { SourceSettings } from "./_components/source-settings.tsx";
import { readSource } from "./read-source.ts";

export const metadata: Metadata = { title: "Organisation" };

export default async function OrganisationPage({ params }: { params: Promise<{ sourceId: string }> }) {
  const [scope, { sourceId }] = [await requireScope(), await params];
  const { db } = database();
  const source = await readSource(scope, sourceId);
  const [members, history] = await Promise.all([
    listMembers(db, scope, sourceId),
    scope.can("audit:read") && scope.accountIds === null
      ? listHistory(db, scope, { kind: "account_source", id: sourceId }, 20)
      : null,
  ]);
  const now = new Date().toISOString();
  const mayManage = scope.can("accounts:manage");
  return (
    <div className="pb-16">
      <LiveRefresh active={source.lastSync === null} />
      <SourceHead source={source} mayManage={mayManage} now={now} />
      <MembersTable sourceId={source.id} members={members} mayManage={mayManage} now={now} />
      <div className="grid gap-x-14 gap-y-10 px-4 pt-10 sm:px-6 xl:grid-cols-2">
        <SourceSettings source={source} now={now} />
        {history && history.length > 0 ? (
          <section aria-labelledby="history" className="min-w-0">
            <h2 id="history" className="mb-3 text-16">
              History
            </h2>
            <History entries={history} now={now} />
          </section>
        ) : null}
      </div>
    </div>
  );
}
