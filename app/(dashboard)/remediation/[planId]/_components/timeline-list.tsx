import { cx } from "#components/ui/class-names.ts";
import { exactTime } from "#components/ui/relative-time.ts";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { type Moment, sayTook } from "../timeline.ts";

const marks: Readonly<Record<Moment["tone"], string>> = {
  plain: "bg-done",
  good: "bg-accent",
  bad: "bg-critical",
  moving: "breathing bg-accent",
};

/** What happened, from top to bottom, with what each took; with `now`, how long ago it was instead. */
export function Timeline({
  moments,
  label,
  now,
}: {
  moments: readonly Moment[];
  label: string;
  now?: string;
}) {
  return (
    <ol aria-label={label} className="border-l border-line-strong">
      {moments.map(({ id, words, detail, tone, at, ms }) => (
        <li key={id} className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 pb-3 pl-5 last:pb-0">
          <span
            aria-hidden
            className={cx("absolute top-1.5 -left-[4.5px] size-2 rounded-[1px]", marks[tone])}
          />
          <span className="min-w-0 text-13">
            <span className={cx("font-[520]", tone === "bad" && "text-danger")}>{words}</span>
            {detail ? (
              <span
                className={cx(
                  "block break-words text-ink-soft",
                  /^[\w.-]+$/.test(detail) && "font-mono text-12",
                )}
              >
                <Untrusted text={detail} limit={600} />
              </span>
            ) : null}
          </span>
          <span
            className="text-right text-12 whitespace-nowrap text-ink-faint"
            title={at ? exactTime(at) : undefined}
          >
            {now && at ? <Time at={at} now={now} /> : ms !== null ? sayTook(ms) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
