import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { requireSession } from "#lib/auth/session.ts";
import { PageHead } from "../../_components/page-head.tsx";
import { readAccountChoices } from "../read-account-choices.ts";
import { InviteForm } from "./_components/invite-form.tsx";

export const metadata: Metadata = { title: "Invite somebody" };

export default async function InvitePage() {
  const { scope, session } = await requireSession();
  await requireOnPage(scope, "users:manage", { everyAccount: true });
  if (session.organisation.sandbox) notFound();
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead back={{ href: "/settings/users", name: "Users" }} title="Invite somebody">
        They get a link by which they set a password of their own. It works once and for seven days.
      </PageHead>
      <InviteForm accounts={await readAccountChoices(scope)} />
    </div>
  );
}
