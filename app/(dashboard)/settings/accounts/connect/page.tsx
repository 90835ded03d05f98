import { randomBytes } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { requireScope } from "#lib/auth/session.ts";
import { PageHead } from "../../_components/page-head.tsx";
import { rolePermissions } from "../../_connection/read-role-permissions.ts";
import { readEnvironments } from "../[accountId]/read-account.ts";
import { parseAccountsSearch, type RawSearch } from "../search-params.ts";
import { ConnectPage } from "./_components/connect-page.tsx";

export const metadata: Metadata = { title: "Connect an account" };

export default async function ConnectAccountPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, { cloud }] = [await requireScope(), parseAccountsSearch(await searchParams)];
  await requireOnPage(scope, "accounts:manage");
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead back={{ href: "/settings/accounts", name: "Accounts" }} title="Connect an account">
        Parapet reads how the account is set up, and changes nothing in it. For many at once, connect their{" "}
        <Link
          href="/settings/organisations/connect"
          className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          organisation
        </Link>
        .
      </PageHead>
      <ConnectPage
        initialCloud={cloud}
        suggestedExternalId={`parapet-${randomBytes(12).toString("hex")}`}
        environments={await readEnvironments(scope)}
        permissions={rolePermissions()}
      />
    </div>
  );
}
