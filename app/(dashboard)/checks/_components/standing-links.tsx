import Link from "next/link";
import { cx } from "#components/ui/class-names.ts";
import { type Standing, standings, standingWords } from "../choices.ts";
import { checksHref } from "../hrefs.ts";
import type { ChecksSearch } from "../search-params.ts";

const marks: Readonly<Record<Standing, string>> = {
  failing: "bg-critical",
  unknown: "hatched border border-gap",
  passing: "bg-done",
  unjudged: "border border-dashed border-edge",
};

/** How many checks stand how; each narrows the catalogue to its own, and back. */
export function StandingLinks({
  search,
  counts,
}: {
  search: ChecksSearch;
  counts: Readonly<Record<Standing, number>>;
}) {
  return (
    <nav aria-label="Standing" className="mt-4 flex flex-wrap gap-1.5">
      {standings.map((standing) => {
        const chosen = search.standing === standing;
        return (
          <Link
            key={standing}
            href={checksHref(search, { standing: chosen ? undefined : standing })}
            scroll={false}
            prefetch={false}
            aria-current={chosen ? "true" : undefined}
            className={cx(
              "flex h-8 items-center gap-2 rounded border px-3 text-13 transition-colors duration-120 hover:bg-hover max-sm:h-10",
              chosen ? "border-accent bg-selected text-ink" : "border-line-strong text-ink-soft",
            )}
          >
            <span aria-hidden className={cx("size-2.5 rounded-xs", marks[standing])} />
            {standingWords[standing]}
            <span className="text-ink-faint">{counts[standing]}</span>
          </Link>
        );
      })}
    </nav>
  );
}
