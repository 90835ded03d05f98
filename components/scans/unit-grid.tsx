import { serviceName } from "#components/findings/service-names.ts";
import { cx } from "#components/ui/class-names.ts";
import { duration } from "#components/ui/relative-time.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { UnitView } from "#db/scans/model.ts";
import type { UnitStatus } from "#db/scans/schema.ts";
import { unitWords } from "./unit-words.ts";

const looks: Readonly<Record<UnitStatus, string>> = {
  waiting: "h-5 border border-dotted border-line-strong",
  queued: "h-5 border border-line-strong",
  running: "h-5 breathing bg-accent",
  done: "h-5 bg-done",
  gap: "h-5 hatched border border-gap",
  failed: "h-5 bg-critical",
  cancelled: "h-5 border border-dashed border-edge",
};

/** One matrix per account: services down, regions across. A cell is one piece of the scan. */
export function UnitGrid({ units }: { units: readonly UnitView[] }) {
  const accounts = [...Map.groupBy(units, (unit) => unit.accountId).values()];
  return (
    <div className="grid gap-x-10 gap-y-8 sm:grid-cols-[repeat(auto-fit,minmax(17rem,max-content))]">
      {accounts.map((own) => (
        <AccountGrid key={own[0]?.accountId} units={own} />
      ))}
    </div>
  );
}

function AccountGrid({ units }: { units: readonly UnitView[] }) {
  const regions = [...new Set(units.map(({ region }) => region))].sort(
    (a, b) => Number(b === "global") - Number(a === "global") || a.localeCompare(b, "en"),
  );
  // What is listed for all regions at once needs no column to say so.
  if (regions.length === 1) return <ServiceList units={units} />;
  return (
    <div className="min-w-0 overflow-x-auto">
      <table className="border-separate border-spacing-x-[3px] border-spacing-y-[3px] text-13">
        <caption className="pb-1 text-left">
          <AccountHead units={units} />
        </caption>
        <thead>
          <tr>
            <td />
            {regions.map((region) => (
              <th key={region} scope="col" className="h-24 w-7 min-w-7 pb-1 align-bottom font-normal">
                <span className="inline-block rotate-180 font-mono text-12 whitespace-nowrap text-ink-faint [writing-mode:vertical-rl]">
                  {region}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byService(units).map(([service, own]) => (
            <tr key={service}>
              <th scope="row" className="pr-3 text-left font-normal whitespace-nowrap text-ink-soft">
                {serviceName(service)}
              </th>
              {regions.map((region) => (
                <UnitCell key={region} unit={own.find((unit) => unit.region === region)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ServiceList({ units }: { units: readonly UnitView[] }) {
  return (
    <section>
      <AccountHead units={units} />
      <ul className="grid grid-cols-[repeat(2,max-content)] gap-x-6 gap-y-[3px] pt-1 text-13">
        {byService(units).flatMap(([service, own]) =>
          own.map((unit) => (
            <li key={unit.id} title={saidOf(unit)} className="flex min-h-6 items-center gap-2.5">
              <UnitMark unit={unit} />
              <span className="text-ink-soft">{serviceName(service)}</span>
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

function AccountHead({ units }: { units: readonly UnitView[] }) {
  const ended = units.filter(({ status }) => !["waiting", "queued", "running"].includes(status)).length;
  return (
    <span className="flex items-baseline justify-between gap-6 text-13">
      <span className="min-w-0 font-[540]">
        <Untrusted text={units[0]?.account ?? ""} limit={60} />
      </span>
      <span className="text-12 whitespace-nowrap text-ink-faint">
        {ended} / {units.length}
      </span>
    </span>
  );
}

/** By the names that are shown; what runs once the others are through comes last. */
const byService = (units: readonly UnitView[]): [string, UnitView[]][] =>
  [...Map.groupBy(units, (unit) => unit.service)].sort(
    ([a], [b]) =>
      Number(a === "relations") - Number(b === "relations") ||
      serviceName(a).localeCompare(serviceName(b), "en"),
  );

function UnitCell({ unit }: { unit: UnitView | undefined }) {
  if (!unit) return <td />;
  return (
    <td className="p-0 align-bottom" title={saidOf(unit)}>
      <UnitMark unit={unit} />
    </td>
  );
}

function UnitMark({ unit }: { unit: UnitView }) {
  return (
    <>
      <span className="sr-only">{unitWords[unit.status]}</span>
      <span aria-hidden className={cx("grid w-7 place-items-center rounded-xs", looks[unit.status])}>
        {unit.status === "failed" ? (
          <svg viewBox="0 0 10 10" aria-hidden className="size-2.5 stroke-surface" strokeWidth="1.8">
            <path d="m1.5 1.5 7 7m0-7-7 7" />
          </svg>
        ) : null}
      </span>
    </>
  );
}

const saidOf = (unit: UnitView): string =>
  [
    `${serviceName(unit.service)}, ${unit.region}: ${unitWords[unit.status].toLowerCase()}`,
    unit.resources > 0 ? `${unit.resources.toLocaleString("en")} resources` : "",
    unit.gaps > 0 ? `${unit.gaps} gaps` : "",
    unit.startedAt && unit.finishedAt
      ? duration(Date.parse(unit.finishedAt) - Date.parse(unit.startedAt))
      : "",
  ]
    .filter(Boolean)
    .join(", ");

const legend = ["done", "gap", "failed", "running", "queued"] as const;

export function UnitLegend() {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-12 text-ink-faint">
      {legend.map((status) => (
        <li key={status} className="flex items-center gap-2">
          <span
            aria-hidden
            className={cx("w-3.5 rounded-xs", looks[status].replace("h-5", "h-3").replace("breathing ", ""))}
          />
          {unitWords[status]}
        </li>
      ))}
    </ul>
  );
}
