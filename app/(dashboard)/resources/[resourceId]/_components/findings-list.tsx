import type { Route } from "next";
import Link from "next/link";
import { StateMark } from "#components/findings/state-mark.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ResourceFinding } from "#db/resources/model.ts";

/** What is wrong with it: what is open first, what is closed folded away. */
export function FindingsList({
  findings,
  now,
}: {
  findings: readonly ResourceFinding[] | null;
  now: string;
}) {
  if (!findings) return <p className="text-13 text-ink-soft">Your role does not include findings.</p>;
  const open = findings.filter(({ state }) => state === "new" || state === "in_progress");
  const others = findings.filter((finding) => !open.includes(finding));
  return (
    <>
      {open.length > 0 ? (
        <Rows findings={open} now={now} />
      ) : (
        <p className="text-13 text-ink-soft">
          {others.length > 0 ? "None is open." : "Nothing has ever been found wrong with it."}
        </p>
      )}
      {others.length > 0 ? (
        <details className="group mt-2">
          <summary className="inline-flex h-8 list-none items-center rounded px-2 text-13 text-ink-faint hover:bg-hover hover:text-ink max-sm:h-10">
            <span className="group-open:hidden">Show</span>
            <span className="hidden group-open:inline">Hide</span>
            &nbsp;{others.length} resolved, muted or accepted
          </summary>
          <Rows findings={others} now={now} />
        </details>
      ) : null}
    </>
  );
}

const Rows = ({ findings, now }: { findings: readonly ResourceFinding[]; now: string }) => (
  <ul className="overflow-hidden rounded border border-line">
    {findings.map((finding) => (
      <li
        key={finding.id}
        className="relative border-b border-line px-3.5 py-2.5 transition-colors duration-120 last:border-0 hover:bg-hover"
      >
        <Link
          href={`/findings?state=all&finding=${finding.id}` as Route}
          prefetch={false}
          className="block text-14 font-[480] text-pretty outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
        >
          <Untrusted text={finding.reason} limit={240} />
        </Link>
        <span className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-faint">
          <SeverityMark severity={finding.severity} />
          <StateMark finding={{ ...finding, reopened: 0 }} />
          <span>
            {finding.resolvedAt ? (
              <>
                resolved <Time at={finding.resolvedAt} now={now} />
              </>
            ) : (
              <>
                since <Time at={finding.openedAt} now={now} />
              </>
            )}
          </span>
        </span>
      </li>
    ))}
  </ul>
);
