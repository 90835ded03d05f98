import { serviceName } from "#components/findings/service-names.ts";
import { Time } from "#components/ui/time.tsx";
import type { ServiceCoverage } from "#db/accounts/coverage-queries.ts";

/** One row a service: how much of it the newest tries read, and what they did not. */
export function CoverageTable({
  coverage,
  held,
  now,
}: {
  coverage: readonly ServiceCoverage[];
  /** Resources by service. */
  held: readonly { service: string; resources: number }[];
  now: string;
}) {
  const resources = new Map(held.map((each) => [each.service, each.resources]));
  return (
    <table className="w-full border-collapse text-13">
      <caption className="sr-only">What is known of each service</caption>
      <thead>
        <tr className="label-caps [&>th]:h-8 [&>th]:border-y [&>th]:border-line [&>th]:font-[500]">
          <th scope="col" className="pr-3 text-left">
            Service
          </th>
          <th scope="col" className="px-3 text-left max-sm:hidden">
            Not read
          </th>
          <th scope="col" className="px-3 text-right max-sm:hidden">
            Resources
          </th>
          <th scope="col" className="px-3 text-right whitespace-nowrap">
            Read whole
          </th>
          <th scope="col" className="pl-3 text-right max-sm:hidden">
            Tried
          </th>
        </tr>
      </thead>
      <tbody>
        {coverage.map(({ service, regions, pieces, whole, unread, triedAt }) => (
          <tr key={service} className="[&>td]:border-b [&>td]:border-line [&>td]:py-2 [&>td]:align-top">
            <td className="pr-3">
              <span className="inline-flex items-baseline gap-2.5">
                <span
                  aria-hidden
                  className={
                    whole === pieces
                      ? "size-2.5 shrink-0 rounded-xs bg-done"
                      : "hatched size-2.5 shrink-0 rounded-xs border border-gap"
                  }
                />
                <span>
                  {serviceName(service)}
                  {regions > 1 ? <span className="text-ink-faint"> in {regions} regions</span> : null}
                </span>
              </span>
              <div className="mt-1 pl-5 sm:hidden">
                <Unread unread={unread} />
              </div>
            </td>
            <td className="px-3 max-sm:hidden">
              <Unread unread={unread} />
            </td>
            <td className="px-3 text-right max-sm:hidden">
              {(resources.get(service) ?? 0).toLocaleString("en")}
            </td>
            <td className="px-3 text-right whitespace-nowrap">
              {whole.toLocaleString("en")}
              <span className="text-ink-faint"> of {pieces.toLocaleString("en")}</span>
            </td>
            <td className="pl-3 text-right text-ink-soft max-sm:hidden">
              <Time at={triedAt} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Unread({ unread }: { unread: ServiceCoverage["unread"] }) {
  if (unread.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-12">
      {unread.map(({ kind, regions }) => (
        <li key={kind} className="text-pretty">
          <span className="font-mono">{kind}</span>{" "}
          <span className="text-ink-faint">
            {regions.length > 4 ? `in ${regions.length} regions` : regions.join(", ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
