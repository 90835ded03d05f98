import { EntrySentence } from "#components/audit/entry-sentence.tsx";
import { ResultMark, ResultShape } from "#components/audit/result-mark.tsx";
import { sayDuration } from "#components/audit/say-duration.ts";
import { sayVia } from "#components/audit/say-origin.ts";
import { cx } from "#components/ui/class-names.ts";
import { exactTime } from "#components/ui/relative-time.ts";
import { MiddleCut } from "#components/ui/untrusted.tsx";
import type { AuditEntryView } from "#db/audit/model.ts";
import { timeOfDay } from "./days.ts";
import { followInPlace } from "./follow-in-place.ts";

/** One entry: when, how it ended, and a sentence that says who did what; the whole of it opens the entry. */
export function EntryRow({
  entry,
  isOpen,
  onOpen,
}: {
  entry: AuditEntryView;
  isOpen: boolean;
  onOpen: (entryId: string) => void;
}) {
  const { id, at, action, object, result, durationMs, sealed } = entry;
  const via = sayVia(entry.origin);
  return (
    <li
      className={cx(
        "relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line py-2 pr-4 pl-4 transition-colors duration-120 hover:bg-hover sm:pr-6 sm:pl-6 @xl/trail:grid-cols-[4.25rem_minmax(0,1fr)_auto]",
        isOpen && "bg-selected hover:bg-selected",
      )}
    >
      <time dateTime={at} title={exactTime(at)} className="pt-px text-13 text-ink-faint @max-xl/trail:hidden">
        {timeOfDay(at)}
      </time>
      <div className="min-w-0">
        <a
          href={`?entry=${id}`}
          data-entry={id}
          aria-current={isOpen ? "true" : undefined}
          onClick={followInPlace(() => onOpen(id))}
          className="flex items-start gap-2.5 text-14 text-pretty outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
        >
          <span className="grid h-5 shrink-0 place-items-center">
            <ResultShape result={result} />
          </span>
          <span className="min-w-0">
            <EntrySentence entry={entry} />
          </span>
        </a>
        <p className="mt-0.5 flex min-w-0 items-baseline gap-x-2 pl-5.5 text-12 text-ink-faint">
          <span className="shrink-0 @xl/trail:hidden">{timeOfDay(at)}</span>
          <span className="shrink-0 font-mono">{action}</span>
          <span className="flex min-w-0 font-mono @max-md/trail:hidden">
            <MiddleCut text={object.id} tail={8} className="items-baseline" />
          </span>
          {via ? <span className="shrink-0 @max-2xl/trail:hidden">{via}</span> : null}
        </p>
      </div>
      <div className="grid content-start justify-items-end gap-0.5 text-12 text-ink-faint">
        {result === "done" ? null : (
          <span className="text-ink-soft [&_svg]:hidden">
            <ResultMark result={result} />
          </span>
        )}
        {durationMs === null ? null : <span className="whitespace-nowrap">{sayDuration(durationMs)}</span>}
        {sealed ? null : (
          <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <span aria-hidden className="hatched size-2 rounded-[1px] border border-gap" />
            not sealed yet
          </span>
        )}
      </div>
    </li>
  );
}
