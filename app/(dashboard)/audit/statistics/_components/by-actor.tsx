import Link from "next/link";
import { PersonMark } from "#components/findings/person-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditStatistics } from "#db/audit/model.ts";
import { SectionHead } from "../../_tables/section-head.tsx";
import { cell, firstCell, firstHead, head, rowLink } from "../../_tables/table-words.ts";
import { trailHref } from "../../hrefs.ts";
import type { TrailSearch } from "../../search-params.ts";
import { allOf } from "./count-bar.tsx";

const mostRows = 15;

/** Who acted most: people, and the parts of Parapet. */
export function ByActor({
  actors,
  search,
  now,
}: {
  actors: AuditStatistics["actors"];
  search: TrailSearch;
  now: string;
}) {
  return (
    <section aria-label="By actor" className="min-w-0">
      <SectionHead title="Who acted" />
      <table className="w-full border-collapse text-13">
        <caption className="sr-only">Entries by who acted, most first</caption>
        <thead>
          <tr>
            <th scope="col" className={firstHead}>
              Who
            </th>
            <th scope="col" className={head}>
              Entries
            </th>
            <th scope="col" className={head}>
              Not done
            </th>
            <th scope="col" className={`${head} pr-4 sm:pr-6`}>
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {actors.slice(0, mostRows).map(({ actor, counts, lastAt }) => (
            <tr
              key={`${actor.kind} ${actor.id}`}
              className="relative transition-colors duration-120 hover:bg-hover"
            >
              <th scope="row" className={`${firstCell} w-1/2 max-w-0 font-[400]`}>
                <Link
                  href={trailHref(search, { actor: [actor.id] })}
                  prefetch={false}
                  className={`flex min-w-0 ${rowLink}`}
                >
                  {actor.kind === "user" ? (
                    <PersonMark person={actor} />
                  ) : (
                    <span className="truncate text-ink-soft">Parapet ({actor.name})</span>
                  )}
                </Link>
              </th>
              <td className={cell}>{allOf(counts).toLocaleString("en")}</td>
              <td className={cell}>
                <span className={counts.refused + counts.failed === 0 ? "text-ink-faint" : undefined}>
                  {(counts.refused + counts.failed).toLocaleString("en")}
                </span>
              </td>
              <td className={`${cell} pr-4 text-ink-faint sm:pr-6`}>
                <Time at={lastAt} now={now > lastAt ? now : lastAt} short />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {actors.length > mostRows ? (
        <p className="px-4 py-3 text-12 text-ink-faint sm:px-6">
          And {(actors.length - mostRows).toLocaleString("en")} others.
        </p>
      ) : null}
    </section>
  );
}
