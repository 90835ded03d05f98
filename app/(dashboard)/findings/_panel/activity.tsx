"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { TimelineEntry } from "#db/findings/model.ts";
import { useWorkbench } from "../_state/context.ts";
import { isImport } from "../words.ts";
import { Comment } from "./comment.tsx";
import { CommentBox } from "./comment-box.tsx";
import { notBefore } from "./not-before.ts";
import type { PanelView } from "./panel-view.ts";
import { sayActivity } from "./say-activity.ts";

// Only auditors and administrators are sent it, and only when they ask.
const ObjectHistory = dynamic(() =>
  import("../../_history/object-history.tsx").then((module) => module.ObjectHistory),
);

const words = { opened: "Opened", resolved: "Resolved", reopened: "Reopened" } as const;
const marks = { opened: "bg-critical", resolved: "bg-done", reopened: "bg-critical" } as const;

/** What scans saw, what people did and said, and what came to its end, newest first. */
export function Activity({ view }: { view: PanelView }) {
  const { abilities } = useWorkbench();
  return (
    <>
      {abilities.triage ? <CommentBox findingId={view.id} /> : null}
      <ol aria-label="Timeline" className="mt-5 border-l border-line-strong">
        {view.timeline.toReversed().map((entry) => (
          <Entry key={`${entry.type}${entry.id}`} entry={entry} view={view} />
        ))}
        <Moment mark="border border-edge bg-surface" at={view.firstSeenAt}>
          <span className="text-ink-soft">First seen</span>
        </Moment>
      </ol>
      {abilities.readTrail ? <InTheTrail findingId={view.id} /> : null}
    </>
  );
}

/** What is proven of all that, for whoever reads the trail. */
function InTheTrail({ findingId }: { findingId: string }) {
  const { now } = useWorkbench();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="group mt-6 border-t border-line pt-2"
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary className="flex h-8 list-none items-center gap-1.5 text-13 text-ink-soft hover:text-ink max-sm:h-10">
        <span
          aria-hidden
          className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
        >
          ›
        </span>
        In the audit trail
      </summary>
      {isOpen ? <ObjectHistory kind="finding" id={findingId} now={now} /> : null}
    </details>
  );
}

function Entry({ entry, view }: { entry: TimelineEntry; view: PanelView }) {
  if (entry.type === "comment") return <Comment comment={entry} findingId={view.id} />;
  if (entry.type === "transition") {
    return (
      <Moment
        mark={marks[entry.kind]}
        at={entry.at}
        aside={
          entry.scanId ? (
            <Link
              href={isImport(entry.scanId) ? `/imports/${entry.scanId}` : `/scans/${entry.scanId}`}
              prefetch={false}
              className="text-ink-faint underline decoration-line-strong underline-offset-4 hover:text-ink"
            >
              {isImport(entry.scanId) ? "by an import" : "by a scan"}
            </Link>
          ) : null
        }
        text={entry.reason === view.reason ? undefined : entry.reason}
      >
        <span className="font-[540]">{words[entry.kind]}</span>
      </Moment>
    );
  }
  return (
    <Moment mark="bg-accent" at={entry.at}>
      <span className={cx(entry.undone && "line-through decoration-ink-faint")}>
        {entry.actor ? (
          <Untrusted text={entry.actor.name} limit={80} className="font-[540]" />
        ) : (
          <span className="font-[540]">Parapet</span>
        )}{" "}
        <Untrusted text={sayActivity(entry)} limit={200} />
      </span>
      {entry.undone ? <span className="text-12 text-ink-faint">undone</span> : null}
    </Moment>
  );
}

export function Moment({
  mark,
  at,
  text,
  aside,
  children,
}: {
  mark: string;
  at: string;
  text?: string | undefined;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { now } = useWorkbench();
  return (
    <li className="relative pb-4 pl-5 text-13 last:pb-0">
      <span aria-hidden className={cx("absolute top-1 -left-[4.5px] size-2 rounded-[1px]", mark)} />
      <div className="flex flex-wrap items-baseline gap-x-2">
        {children}
        <span className="text-ink-faint">
          <Time at={at} now={notBefore(at, now)} />
        </span>
        {aside ? <span className="ml-auto">{aside}</span> : null}
      </div>
      {text ? (
        <p className="mt-0.5 text-ink-soft">
          <Untrusted text={text} limit={500} />
        </p>
      ) : null}
    </li>
  );
}
