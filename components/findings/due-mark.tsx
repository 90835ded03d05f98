import { cx } from "#components/ui/class-names.ts";
import { exactTime } from "#components/ui/relative-time.ts";
import { sayDue } from "./say-due.ts";

const looks = {
  overdue: "text-danger font-[540]",
  soon: "text-ink",
  later: "text-ink-faint",
} as const;

/** How long there is to mend a finding; lit only when that is over. Nothing for what is no longer worked on. */
export function DueMark({ dueAt, open, now }: { dueAt: string | null; open: boolean; now: string }) {
  if (!dueAt || !open) return <span className="text-ink-faint">–</span>;
  const { text, tone } = sayDue(dueAt, now);
  return (
    <time dateTime={dueAt} title={`Due ${exactTime(dueAt)}`} className={cx("whitespace-nowrap", looks[tone])}>
      {text}
    </time>
  );
}
