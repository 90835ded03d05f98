import type { Metadata } from "next";
import { listCoverage } from "#db/accounts/coverage-queries.ts";
import { countAccountResources } from "#db/accounts/queries.ts";
import { listHistory } from "#db/audit/queries.ts";
import { database } from "#db/client.ts";
import { listGapGroups } from "#db/scans/gaps.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../../../_shell/live-refresh.tsx";
import { AccountActions } from "./_components/account-actions.tsx";
import { AccountBody } from "./_components/account-body.tsx";
import { AccountFigures } from "./_components/account-figures.tsx";
import { AccountHead } from "./_components/account-head.tsx";
import { AccountNotices } from "./_components/account-notices.tsx";
import { readAccount } from "./read-account.ts";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ params }: { params: Promise<{ accountId: string }> }) {
  const [scope, { accountId }] = [await requireScope(), await params];
  const { db } = database();
  const account = await readAccount(scope, accountId);
  const [coverage, held, gaps, history] = await Promise.all([
    listCoverage(db, scope, accountId),
    countAccountResources(db, scope, accountId),
    account.lastScan ? listGapGroups(db, scope, account.lastScan.id, accountId) : [],
    scope.can("audit:read") && scope.accountIds === null
      ? listHistory(db, scope, { kind: "account", id: accountId })
      : null,
  ]);
  const { lastScan, deletion, findings } = account;
  const resources = held.reduce((sum, each) => sum + each.resources, 0);
  const openFindings = Object.values(findings).reduce((sum, each) => sum + each, 0);
  const now = new Date().toISOString();
  return (
    <div className="pb-16">
      <LiveRefresh active={deletion !== null || lastScan?.finishedAt === null} />
      <AccountHead account={account}>
        {deletion ? null : (
          <AccountActions
            account={{
              id: account.id,
              name: account.name,
              isDisabled: account.disabledAt !== null,
              openFindings,
              resources,
            }}
            mayManage={scope.can("accounts:manage")}
            mayScan={scope.can("scans:run")}
          />
        )}
      </AccountHead>
      <AccountNotices account={account} now={now} />
      <AccountFigures account={account} resources={resources} isKnown={coverage.length > 0} now={now} />
      <AccountBody
        account={account}
        coverage={coverage}
        held={held}
        gaps={gaps}
        history={history}
        mayManage={scope.can("accounts:manage") && deletion === null}
        now={now}
      />
    </div>
  );
}
