import { serviceName } from "#components/findings/service-names.ts";
import { unitWords } from "#components/scans/unit-words.ts";
import { duration } from "#components/ui/relative-time.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { UnitView } from "#db/scans/model.ts";
import type { UnitStatus } from "#db/scans/schema.ts";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2 align-top";
const figure = `${cell} text-right whitespace-nowrap`;

/** What needs looking at first, then what is under way. */
const order: readonly UnitStatus[] = ["failed", "gap", "running", "queued", "waiting", "cancelled", "done"];

export function UnitsTable({
  units,
  now,
  inOrder = false,
}: {
  units: readonly UnitView[];
  now: string;
  /** They are in the order that matters already. */
  inOrder?: boolean;
}) {
  const sorted = inOrder
    ? units
    : units.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return (
    <table className="w-full border-collapse text-13">
      <thead>
        <tr>
          <th scope="col" className={`${head} pl-4 sm:pl-6`}>
            Piece
          </th>
          <th scope="col" className={head}>
            State
          </th>
          <th scope="col" className={`${head} text-right`}>
            Resources
          </th>
          <th scope="col" className={`${head} text-right max-md:hidden`}>
            Changed
          </th>
          <th scope="col" className={`${head} text-right max-md:hidden`}>
            Calls
          </th>
          <th scope="col" className={`${head} text-right max-lg:hidden`}>
            Slowed down
          </th>
          <th scope="col" className={`${head} pr-4 text-right sm:pr-6`}>
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((unit) => (
          <tr key={unit.id}>
            <td className={`${cell} pl-4 sm:pl-6`}>
              {serviceName(unit.service)}{" "}
              <span className="font-mono text-12 text-ink-soft">{unit.region}</span>
              <div className="text-12 text-ink-faint">
                <Untrusted text={unit.account} limit={60} />
              </div>
            </td>
            <td className={`${cell} text-ink-soft`}>
              {unitWords[unit.status]}
              {unit.attempts > 1 ? <span className="text-ink-faint">, attempt {unit.attempts}</span> : null}
              {unit.error ? (
                <p className="max-w-100 text-12 text-pretty text-danger">
                  <Untrusted text={unit.error} limit={300} />
                </p>
              ) : null}
            </td>
            <td className={figure}>{unit.resources.toLocaleString("en")}</td>
            <td className={`${figure} max-md:hidden`}>{unit.changed.toLocaleString("en")}</td>
            <td className={`${figure} max-md:hidden`}>{unit.calls.toLocaleString("en")}</td>
            <td className={`${figure} max-lg:hidden`}>{unit.throttles.toLocaleString("en")}</td>
            <td className={`${figure} pr-4 text-ink-soft sm:pr-6`}>{took(unit, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function took({ startedAt, finishedAt, status }: UnitView, now: string): string {
  if (!startedAt) return "";
  if (finishedAt) return duration(Date.parse(finishedAt) - Date.parse(startedAt));
  return status === "running" ? duration(Date.parse(now) - Date.parse(startedAt)) : "";
}
