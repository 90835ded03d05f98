"use client";
import type { ReactNode } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { type Tab, Tabs } from "#components/ui/tabs.tsx";
import type { RoleWay } from "./role-files.ts";

/** The ways to make a role, each with its files and what to do with them. */
export function RoleWays({ label, ways }: { label: string; ways: readonly RoleWay[] }) {
  const tabs: Tab[] = ways.map(({ id, label: name, files, steps, note }) => ({
    id,
    label: name,
    content: (
      <div className="grid gap-3.5">
        {files.map((file) => (
          <CodeBlock key={file.name} text={file.text} what={file.what} fileName={file.name} rows={9} />
        ))}
        {steps.length > 0 ? <Steps steps={steps} /> : null}
        {note ? <p className="text-13 text-pretty text-ink-soft">{note}</p> : null}
      </div>
    ),
  }));
  return <Tabs label={label} tabs={tabs} />;
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
