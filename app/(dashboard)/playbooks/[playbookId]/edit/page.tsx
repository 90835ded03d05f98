import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { database } from "#db/client.ts";
import { listPlaybooks } from "#db/remediation/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { EditorPage } from "../../_editor/editor-page.tsx";
import { readDraft } from "../../_editor/read-draft.ts";
import { playbookHref } from "../../hrefs.ts";
import { documentOf, playbookText } from "../../playbook-text.ts";

export const metadata: Metadata = { title: "Edit a playbook" };

export default async function EditPlaybookPage({ params }: { params: Promise<{ playbookId: string }> }) {
  const [scope, { playbookId }] = [await requireScope(), await params];
  await requireOnPage(scope, "remediation:manage", { everyAccount: true });
  const id = decodeURIComponent(playbookId);
  const playbook = (await listPlaybooks(database().db, scope)).find((each) => each.id === id);
  if (playbook?.source !== "custom") notFound();
  return (
    <EditorPage
      key={playbook.version}
      back={{ href: playbookHref(id), name: playbook.title }}
      title="Edit the playbook"
      about="Saving makes a new version. Plans that were made from an earlier one stay as they were approved."
      began={readDraft({ ...documentOf(playbook) })}
      text={playbookText(playbook)}
      version={playbook.version}
    />
  );
}
