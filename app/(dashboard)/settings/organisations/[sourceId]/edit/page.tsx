import type { Metadata } from "next";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { requireScope } from "#lib/auth/session.ts";
import { PageHead } from "../../../_components/page-head.tsx";
import { readEnvironments } from "../../../accounts/[accountId]/read-account.ts";
import { SourceForm } from "../../_components/source-form.tsx";
import { readSource } from "../read-source.ts";

export const metadata: Metadata = { title: "Edit an organisation" };

export default async function EditOrganisationPage({ params }: { params: Promise<{ sourceId: string }> }) {
  const scope = await requireScope();
  await requireOnPage(scope, "accounts:manage");
  const source = await readSource(scope, (await params).sourceId);
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead back={{ href: `/settings/organisations/${source.id}`, name: source.name }} title="Edit">
        Accounts that follow it are reached as it says from the moment you save.
      </PageHead>
      <SourceForm source={source} environments={await readEnvironments(scope)} />
    </div>
  );
}
