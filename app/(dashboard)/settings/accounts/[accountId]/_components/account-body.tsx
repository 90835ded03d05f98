import type { ReactNode } from "react";
import { GapList } from "#components/scans/gap-list.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import type { ServiceCoverage } from "#db/accounts/coverage-queries.ts";
import type { AccountDetail } from "#db/accounts/queries.ts";
import type { HistoryEntry } from "#db/audit/queries.ts";
import type { GapGroup } from "#db/scans/model.ts";
import { AccountSettings } from "./account-settings.tsx";
import { CoverageTable } from "./coverage-table.tsx";
import { History } from "./history.tsx";
import { IdentityTest } from "./identity-test.tsx";

/** Who reads the account and what they could not read, beside how it is reached. */
export function AccountBody({
  account,
  coverage,
  held,
  gaps,
  history,
  mayManage,
  now,
}: {
  account: AccountDetail;
  coverage: readonly ServiceCoverage[];
  /** Resources by service. */
  held: readonly { service: string; resources: number }[];
  gaps: readonly GapGroup[];
  /** Null for whoever may not read the trail. */
  history: readonly HistoryEntry[] | null;
  mayManage: boolean;
  now: string;
}) {
  const { id, readTest, writeTest, hasWriteIdentity } = account;
  const test = { accountId: id, now, mayTest: mayManage };
  const writeLink = mayManage ? (
    <LinkButton size="sm" href={`/settings/accounts/${id}/write-identity`}>
      {hasWriteIdentity ? "Change or remove it" : "Set a write identity"}
    </LinkButton>
  ) : null;
  return (
    <div className="grid gap-x-14 gap-y-10 px-4 pt-8 sm:px-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="grid min-w-0 content-start gap-10">
        <Part id="reads" title="Who reads it">
          <IdentityTest {...test} identity="read" stored={readTest} />
        </Part>
        <Part id="fixes" title="Who fixes it">
          {hasWriteIdentity ? (
            <IdentityTest {...test} identity="write" stored={writeTest} more={writeLink} />
          ) : (
            <div className="grid justify-items-start gap-3.5">
              <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
                Nobody: Parapet can only read this account. Fixes need an identity of their own, so that what
                scans can never change anything.
              </p>
              {writeLink}
            </div>
          )}
        </Part>
        {gaps.length > 0 ? (
          <Part
            id="gaps"
            title="The last scan could not read"
            lead={'Checks that rely on these answer "unknown". What was known before is kept as it was.'}
          >
            <GapList gaps={gaps} />
          </Part>
        ) : null}
        {coverage.length > 0 ? (
          <Part id="coverage" title="How well it is known">
            <CoverageTable coverage={coverage} held={held} now={now} />
          </Part>
        ) : null}
        {history && history.length > 0 ? (
          <Part id="history" title="History">
            <History entries={history} now={now} />
          </Part>
        ) : null}
      </div>
      <AccountSettings account={account} now={now} />
    </div>
  );
}

function Part({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="text-16">
        {title}
      </h2>
      {lead ? <p className="mt-1 max-w-[72ch] text-14 text-pretty text-ink-soft">{lead}</p> : null}
      <div className="mt-3">{children}</div>
    </section>
  );
}
