"use client";
import type { ReactNode } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { type Tab, Tabs } from "#components/ui/tabs.tsx";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Draft } from "./draft.ts";
import { type RolePermissions, roleFiles } from "./role-files.ts";

/** Ways to get in that use a role made for Parapet; the machine's own identity has one already. */
const madeForIt = ["assume_role", "client_secret", "client_certificate", "impersonate", "workload_identity"];

/** What the identity has to be allowed, as files to take along and what to do with each. */
export function RoleTemplate({
  cloud,
  level,
  draft,
  permissions,
}: {
  cloud: Cloud;
  level: AccountLevel;
  draft: Draft;
  permissions: RolePermissions;
}) {
  const tabs: Tab[] = roleFiles(cloud, level, draft.values, permissions).map(
    ({ id, label, files, steps, note }) => ({
      id,
      label,
      content: (
        <div className="grid gap-3.5">
          {files.map((file) => (
            <CodeBlock key={file.name} text={file.text} what={file.what} fileName={file.name} rows={9} />
          ))}
          {steps.length > 0 ? <Steps steps={steps} /> : null}
          {note ? <p className="text-13 text-pretty text-ink-soft">{note}</p> : null}
        </div>
      ),
    }),
  );
  return (
    // The way in decides whether it begins open; after that it is the reader's to open and close.
    <details
      key={draft.type}
      open={madeForIt.includes(draft.type)}
      className="group rounded border border-line-strong bg-surface"
    >
      <summary className="flex list-none items-center gap-2.5 px-3.5 py-3 text-14 font-[540]">
        <span
          aria-hidden
          className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
        >
          ›
        </span>
        {cloud === "gcp" ? "The service account and its role" : "The role that it needs"}
        <span className="ml-auto text-13 font-[400] text-ink-faint">reads only</span>
      </summary>
      <div className="border-t border-line px-3.5 pt-1 pb-4">
        <Tabs key={`${cloud}${level}`} label="Ways to make the role" tabs={tabs} />
      </div>
    </details>
  );
}

function Steps({ steps }: { steps: readonly { say: ReactNode; command?: string }[] }) {
  return (
    <ol className="grid gap-2.5 text-13">
      {steps.map(({ say, command }, index) => (
        <li key={command ?? index} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5">
          <span aria-hidden className="text-right text-ink-faint">
            {index + 1}
          </span>
          <div className="grid min-w-0 gap-1.5">
            <span className="text-pretty text-ink-soft">{say}</span>
            {command ? (
              <code className="rounded border border-line bg-inset px-2.5 py-1.5 text-12 leading-5 break-words whitespace-pre-wrap">
                {command}
              </code>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
