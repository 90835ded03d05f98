import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { HistoryEntry } from "#db/audit/queries.ts";
import { sayEntry } from "../../say-entry.ts";

/** The trail's entries about one object, newest first, each with what exactly it says. */
export function History({
  entries,
  now,
  say = sayEntry,
}: {
  entries: readonly HistoryEntry[];
  now: string;
  /** What an entry says, where it isn't of an account or organisation. */
  say?: (entry: HistoryEntry) => string;
}) {
  return (
    <ol className="border-t border-line">
      {entries.map((entry) => (
        <li key={entry.id} className="border-b border-line py-2.5 text-14">
          <details className="group">
            <summary className="flex list-none flex-wrap items-baseline gap-x-2">
              <span
                aria-hidden
                className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
              >
                ›
              </span>
              <span className="min-w-0 flex-1">
                <span className="font-[520]">
                  {entry.actor.kind === "user" ? (
                    <Untrusted text={entry.actor.name} limit={80} />
                  ) : (
                    `Parapet (${entry.actor.name})`
                  )}
                </span>{" "}
                <span className="text-ink-soft">
                  <Untrusted text={say(entry)} limit={300} />
                </span>
              </span>
              <span className="text-13 text-ink-faint">
                <Time at={entry.at} now={now} />
              </span>
            </summary>
            <div className="mt-2 grid gap-2 pl-5 sm:grid-cols-2">
              {entry.before ? <Values label="Before" values={entry.before} /> : null}
              {entry.after ? <Values label="After" values={entry.after} /> : null}
              <p className="text-12 text-ink-faint sm:col-span-2">
                Entry {entry.id}, <span className="font-mono">{entry.action}</span>
              </p>
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}

function Values({ label, values }: { label: string; values: Record<string, unknown> }) {
  return (
    <div className="min-w-0">
      <div className="label-caps">{label}</div>
      <pre className="mt-1 overflow-x-auto rounded border border-line bg-inset px-3 py-2 text-12 leading-5 whitespace-pre-wrap">
        <bdi dir="ltr">{JSON.stringify(values, null, 2)}</bdi>
      </pre>
    </div>
  );
}
