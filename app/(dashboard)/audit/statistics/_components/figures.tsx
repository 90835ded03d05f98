import type { ReactNode } from "react";
import type { AuditStatistics, ResultCounts } from "#db/audit/model.ts";

/** What it came to, each beside what it was in as long a stretch of time before. */
export function Figures({ statistics: { total, before, actors, actions } }: { statistics: AuditStatistics }) {
  const people = actors.filter(({ actor }) => actor.kind === "user").length;
  return (
    <dl className="grid grid-cols-2 gap-px border-b border-line bg-line sm:grid-cols-3 xl:grid-cols-5">
      <Figure name="Entries" now={all(total)} then={all(before)} />
      <Figure name="Refused" now={total.refused} then={before.refused} />
      <Figure name="Failed" now={total.failed} then={before.failed} />
      <Figure name="People who acted">{people.toLocaleString("en")}</Figure>
      <Figure name="Kinds of acts">{actions.length.toLocaleString("en")}</Figure>
    </dl>
  );
}

const all = ({ done, refused, failed }: ResultCounts) => done + refused + failed;

function Figure({
  name,
  now = 0,
  then,
  children,
}: {
  name: string;
  now?: number;
  then?: number;
  children?: ReactNode;
}) {
  return (
    <div className="bg-ground px-4 py-3.5 last:max-xl:col-span-full sm:px-5 sm:first:pl-6 xl:last:col-span-1">
      <dt className="label-caps">{name}</dt>
      <dd className="mt-1 flex flex-wrap items-baseline gap-x-2">
        <span className="text-20 tracking-[-0.01em]">{children ?? now.toLocaleString("en")}</span>
        {then === undefined ? null : <span className="text-12 text-ink-faint">{sayChange(now, then)}</span>}
      </dd>
    </div>
  );
}

/** Beside what it was: a share once there is something to take a share of. */
function sayChange(now: number, then: number): string {
  if (now === then) return then === 0 ? "none before either" : "as many before";
  const difference = now - then;
  const sign = difference > 0 ? "+" : "−";
  if (then < 20) return `${then.toLocaleString("en")} before`;
  return `${sign}${Math.abs(Math.round((difference / then) * 100)).toLocaleString("en")} %, ${then.toLocaleString("en")} before`;
}
