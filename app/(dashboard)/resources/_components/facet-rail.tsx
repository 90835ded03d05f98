import Link from "next/link";
import { cx } from "#components/ui/class-names.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Facet, FacetValue } from "../facets.ts";
import { type FacetName, resourcesHref, toggledHref } from "../hrefs.ts";
import type { ResourceSearch } from "../search-params.ts";

const shownAtFirst = 8;
const presences = [
  ["present", "Present"],
  ["gone", "Gone"],
  ["all", "Both"],
] as const;

/** Everything one can narrow by, with what each choice would leave. */
export function FacetRail({
  search,
  facets,
  className,
}: {
  search: ResourceSearch;
  facets: readonly Facet[];
  className?: string;
}) {
  return (
    <section aria-label="Filters" className={cx("py-4", className)}>
      <h2 className="label-caps px-6 pb-1.5">There</h2>
      <ul className="px-3">
        {presences.map(([presence, word]) => (
          <li key={presence}>
            <Choice
              href={resourcesHref(search, { presence })}
              label={word}
              chosen={search.presence === presence}
              round
            />
          </li>
        ))}
        <li>
          <Choice
            href={resourcesHref(search, { open: search.open ? undefined : "findings" })}
            label="With open findings"
            chosen={search.open === "findings"}
          />
        </li>
      </ul>
      {facets.map((facet) => (
        <FacetGroup key={facet.name} facet={facet} search={search} />
      ))}
    </section>
  );
}

function FacetGroup({ facet, search }: { facet: Facet; search: ResourceSearch }) {
  if (facet.values.length === 0) return null;
  const chosen = facet.values.filter((value) => value.chosen);
  const others = facet.values.filter((value) => !value.chosen);
  const first = new Set([...chosen, ...others].slice(0, Math.max(shownAtFirst, chosen.length)));
  const rest = facet.values.filter((value) => !first.has(value));
  return (
    <div className="mt-4">
      <h2 className="label-caps px-6 pb-1.5">{facet.label}</h2>
      <Values name={facet.name} values={facet.values.filter((value) => first.has(value))} search={search} />
      {rest.length > 0 ? (
        <details className="group">
          <summary className="mx-3 flex h-8 list-none items-center rounded px-3 text-13 text-ink-faint hover:bg-hover hover:text-ink group-open:hidden max-lg:h-10">
            {rest.length} more
          </summary>
          <Values name={facet.name} values={rest} search={search} />
        </details>
      ) : null}
    </div>
  );
}

const Values = ({
  name,
  values,
  search,
}: {
  name: FacetName;
  values: readonly FacetValue[];
  search: ResourceSearch;
}) => (
  <ul className="px-3">
    {values.map(({ value, label, count, chosen }) => (
      <li key={value}>
        <Choice href={toggledHref(search, name, value)} label={label} count={count} chosen={chosen} />
      </li>
    ))}
  </ul>
);

function Choice({
  href,
  label,
  count,
  chosen,
  round = false,
}: {
  href: ReturnType<typeof resourcesHref>;
  label: string;
  count?: number;
  chosen: boolean;
  round?: boolean;
}) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={chosen ? "true" : undefined}
      title={label.slice(0, 300)}
      className="group/choice flex min-h-7 items-center gap-2.5 rounded px-3 text-13 text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=true]:text-ink max-lg:min-h-10"
    >
      <span
        aria-hidden
        className={cx(
          "grid size-3.5 shrink-0 place-items-center border",
          round ? "rounded-full" : "rounded-xs",
          chosen ? "border-accent bg-accent" : "border-edge group-hover/choice:border-ink-faint",
        )}
      >
        {chosen ? (
          <span className={cx("size-1.5 bg-on-accent", round ? "rounded-full" : "rounded-[1px]")} />
        ) : null}
      </span>
      <span className="min-w-0 flex-1 truncate">
        <Untrusted text={label} limit={120} />
      </span>
      {count === undefined ? null : <span className="text-ink-faint">{count.toLocaleString("en")}</span>}
    </Link>
  );
}
