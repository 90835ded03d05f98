import Link from "next/link";
import { cx } from "#components/ui/class-names.ts";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PanelView } from "./panel-view.ts";

const words = { opened: "Opened", resolved: "Resolved", reopened: "Reopened" } as const;
const marks = { opened: "bg-critical", resolved: "bg-done", reopened: "bg-critical" } as const;

/** What happened to the finding, newest first. */
export function Timeline({ view, now }: { view: PanelView; now: string }) {
  if (view.transitions.length === 0) {
    return (
      <p className="text-13 text-ink-soft">
        First seen <Time at={view.firstSeenAt} now={now} />.
      </p>
    );
  }
  return (
    <ol className="border-l border-line-strong">
      {view.transitions.toReversed().map(({ id, kind, reason, at, scanId }) => (
        <li key={id} className="relative pb-4 pl-5 last:pb-0">
          <span
            aria-hidden
            className={cx("absolute top-1 -left-[4.5px] size-2 rounded-[1px]", marks[kind])}
          />
          <div className="flex flex-wrap items-baseline gap-x-2 text-13">
            <span className="font-[540]">{words[kind]}</span>
            <span className="text-ink-faint">
              <Time at={at} now={now} />
            </span>
            <Link
              href={`/scans/${scanId}`}
              prefetch={false}
              className="ml-auto text-ink-faint underline decoration-line-strong underline-offset-4 hover:text-ink"
            >
              by a scan
            </Link>
          </div>
          <p className="mt-0.5 text-13 text-ink-soft">
            <Untrusted text={reason} limit={500} />
          </p>
        </li>
      ))}
    </ol>
  );
}
