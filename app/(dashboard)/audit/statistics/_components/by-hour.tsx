import { SectionHead } from "../../_tables/section-head.tsx";

const hourOf = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** At which hour of the day things happen: what comes at another one stands out. */
export function ByHour({ hours }: { hours: readonly number[] }) {
  const most = Math.max(1, ...hours);
  const busiest = hours.indexOf(Math.max(...hours));
  return (
    <section aria-label="By hour of the day" className="min-w-0 pb-6">
      <SectionHead title="At which hour">
        In UTC. Busiest between {hourOf(busiest)} and {hourOf((busiest + 1) % 24)}.
      </SectionHead>
      <ol className="flex h-24 items-end gap-0.5 px-4 sm:px-6">
        {hours.map((count, hour) => (
          <li
            key={hourOf(hour)}
            title={`${hourOf(hour)}: ${count.toLocaleString("en")}`}
            className="flex h-full flex-1 flex-col justify-end"
          >
            <span className="sr-only">
              {hourOf(hour)}: {count.toLocaleString("en")}
            </span>
            <span
              aria-hidden
              className="min-h-px w-full rounded-t-[1px] bg-done"
              style={{ height: `${(count / most) * 100}%` }}
            />
          </li>
        ))}
      </ol>
      <div aria-hidden className="mt-1 flex justify-between px-4 text-12 text-ink-faint sm:px-6">
        <span>00</span>
        <span>06</span>
        <span>12</span>
        <span>18</span>
        <span>24</span>
      </div>
    </section>
  );
}
