import type { Metadata } from "next";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { requireScope } from "#lib/auth/session.ts";
import { PageHead } from "../../_components/page-head.tsx";
import { readEnvironments } from "../../accounts/[accountId]/read-account.ts";
import { SourceForm } from "../_components/source-form.tsx";

export const metadata: Metadata = { title: "Connect an organisation" };

export default async function ConnectOrganisationPage() {
  const scope = await requireScope();
  await requireOnPage(scope, "accounts:manage");
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead
        back={{ href: "/settings/organisations", name: "Organisations" }}
        title="Connect an organisation"
      >
        Parapet lists its members and keeps the list in step. You pick those to connect, unless you have new
        ones connected at once.
      </PageHead>
      <SourceForm source={null} environments={await readEnvironments(scope)} />
    </div>
  );
}
