import type { Metadata, Route } from "next";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { requireScope } from "#lib/auth/session.ts";
import { emptyDraft } from "../_editor/draft.ts";
import { EditorPage } from "../_editor/editor-page.tsx";

export const metadata: Metadata = { title: "Write a playbook" };

export default async function NewPlaybookPage() {
  const scope = await requireScope();
  await requireOnPage(scope, "remediation:manage", { everyAccount: true });
  return (
    <EditorPage
      back={{ href: "/playbooks" as Route, name: "Playbooks" }}
      title="Write a playbook"
      about="It puts Parapet's own actions together as you need them. Whoever may propose fixes can use it once it is saved; its plans are approved like any other."
      began={emptyDraft()}
      text=""
      version={null}
    />
  );
}
