import { serviceName } from "#components/findings/service-names.ts";
import { duration } from "#components/ui/relative-time.ts";
import type { ServiceTimes } from "#db/scans/model.ts";

const head = "label-caps h-9 border-y border-line px-3 text-right font-[500] whitespace-nowrap";
const figure = "border-b border-line px-3 py-2 text-right whitespace-nowrap";

/** Where a scan's time went: a row a service, its pieces from the quickest to the slowest as one line. */
export function ServiceTimesTable({ services }: { services: readonly ServiceTimes[] }) {
  const longest = Math.max(1, ...services.map(({ maxMs }) => maxMs));
  return (
    <table className="w-full border-collapse text-13">
      <caption className="sr-only">Time by service, most time first</caption>
      <thead>
        <tr>
          <th scope="col" className={`${head} pl-4 text-left sm:pl-6`}>
            Service
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Pieces
          </th>
          <th scope="col" className={`${head} w-2/5 text-left max-md:hidden`}>
            Quickest to slowest piece
          </th>
          <th scope="col" className={`${head} max-lg:hidden`}>
            Quickest
          </th>
          <th scope="col" className={head}>
            Median
          </th>
          <th scope="col" className={head}>
            95 %
          </th>
          <th scope="col" className={head}>
            Slowest
          </th>
          <th scope="col" className={`${head} max-lg:hidden`}>
            Calls
          </th>
          <th scope="col" className={`${head} pr-4 max-sm:hidden sm:pr-6`}>
            Slowed down
          </th>
        </tr>
      </thead>
      <tbody>
        {services.map((each) => (
          <tr key={each.service}>
            <th
              scope="row"
              className="border-b border-line py-2 pr-3 pl-4 text-left font-[480] whitespace-nowrap max-sm:whitespace-normal sm:pl-6"
            >
              {serviceName(each.service)}
            </th>
            <td className={`${figure} text-ink-soft max-sm:hidden`}>{each.units.toLocaleString("en")}</td>
            <td className="border-b border-line px-3 py-2 max-md:hidden">
              <Spread times={each} longest={longest} />
            </td>
            <td className={`${figure} text-ink-faint max-lg:hidden`}>{duration(each.minMs)}</td>
            <td className={figure}>{duration(each.medianMs)}</td>
            <td className={figure}>{duration(each.p95Ms)}</td>
            <td className={figure}>{duration(each.maxMs)}</td>
            <td className={`${figure} text-ink-soft max-lg:hidden`}>{each.calls.toLocaleString("en")}</td>
            <td className={`${figure} pr-4 text-ink-soft max-sm:hidden sm:pr-6`}>
              {each.throttles.toLocaleString("en")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A hairline from the quickest to the slowest, solid up to the 95th percentile, notched at the median. */
function Spread({ times, longest }: { times: ServiceTimes; longest: number }) {
  const at = (ms: number) => `${(ms / longest) * 100}%`;
  return (
    <span aria-hidden className="relative block h-3">
      <span
        className="absolute top-[5.5px] h-px bg-line-strong"
        style={{ left: at(times.minMs), right: `calc(100% - ${at(times.maxMs)})` }}
      />
      <span
        className="absolute top-[3.5px] h-[5px] min-w-[3px] rounded-[1px] bg-done"
        style={{ left: at(times.minMs), width: at(times.p95Ms - times.minMs) }}
      />
      <span className="absolute top-0 h-3 w-[2px] bg-ink" style={{ left: at(times.medianMs) }} />
    </span>
  );
}
