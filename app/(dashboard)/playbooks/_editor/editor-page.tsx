import { PageHead } from "../../settings/_components/page-head.tsx";
import type { EditorDraft } from "./draft.ts";
import { PlaybookEditor } from "./playbook-editor.tsx";
import { readChoices } from "./read-choices.ts";

/** The page around the editor. */
export async function EditorPage({
  back,
  title,
  about,
  ...editor
}: {
  back: Parameters<typeof PageHead>[0]["back"];
  title: string;
  about: string;
  began: EditorDraft;
  text: string;
  version: number | null;
}) {
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead back={back} title={title}>
        {about}
      </PageHead>
      <PlaybookEditor {...editor} choices={await readChoices()} />
    </div>
  );
}
