import { CodeBlock } from "#components/ui/code-block.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";
import { playbookText } from "../../playbook-text.ts";

/** The playbook as it can be kept, changed and uploaded. */
export function AsFile({ playbook }: { playbook: PlaybookView }) {
  return (
    <div className="grid max-w-3xl gap-3">
      <CodeBlock
        text={playbookText(playbook)}
        what="the playbook as YAML"
        fileName={`${playbook.id}.yaml`}
        rows={12}
      />
      <p className="text-13 text-pretty text-ink-soft">
        {playbook.source === "built_in"
          ? "Under another id, it is the beginning of a playbook of your own."
          : "What the library holds; upload it changed to save a new version."}
      </p>
    </div>
  );
}
