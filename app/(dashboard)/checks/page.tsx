import type { Metadata } from "next";
import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { severityWords } from "#components/ui/severity-mark.tsx";
import { database } from "#db/client.ts";
import { type CheckCounts, sumCheckCounts } from "#db/findings/check-counts.ts";
import { requireScope } from "#lib/auth/session.ts";
import { catalogue } from "#lib/checks/index.ts";
import { type AnyCheck, severities } from "#lib/checks/model.ts";
import { frameworks } from "#lib/compliance/frameworks.ts";
import { clouds } from "#lib/inventory/model.ts";
import { CheckFilters, type FilterChoices } from "./_components/check-filters.tsx";
import { CheckRow } from "./_components/check-row.tsx";
import { StandingLinks } from "./_components/standing-links.tsx";
import { arrangeChecks, noCounts, serviceOf, standingsOf } from "./arrange-checks.ts";
import { type Standing, standings } from "./choices.ts";
import { type ChecksSearch, parseChecksSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Checks" };

/** What is looked for, and how it stands: the catalogue. */
export default async function ChecksPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parseChecksSearch(await searchParams)];
  const counts = await sumCheckCounts(database().db, scope);
  const shown = arrangeChecks(catalogue, counts, search);
  const others = arrangeChecks(catalogue, counts, { ...search, standing: undefined });
  const narrowed = shown.length < catalogue.length;
  return (
    <div className="pb-12">
      <header className="px-4 pt-6 pb-5 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">Checks</h1>
        <p className="mt-1 text-14 text-ink-soft">
          {narrowed ? `${shown.length} of ${catalogue.length}` : catalogue.length} rules that every scan
          judges by. Each says what it wants to see.
        </p>
        <StandingLinks search={search} counts={countStandings(others, counts)} />
      </header>
      <CheckFilters search={search} choices={choicesOf(search)} />
      {shown.length === 0 ? (
        <div className="border-t border-line">
          <EmptyState
            title="No check matches these filters"
            action={<LinkButton href="/checks">Show all checks</LinkButton>}
          >
            Take a filter off, or search for a part of a title.
          </EmptyState>
        </div>
      ) : search.sort === "service" ? (
        <ByService checks={shown} counts={counts} />
      ) : (
        <ul className="border-t border-line">
          {shown.map((check) => (
            <CheckRow key={check.id} check={check} counts={counts.get(check.id) ?? noCounts} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ByService({ checks, counts }: { checks: readonly AnyCheck[]; counts: Map<string, CheckCounts> }) {
  return [...Map.groupBy(checks, serviceOf)].map(([service, own]) => (
    <section key={service} aria-labelledby={`service-${service}`} className="border-t border-line">
      <h2 id={`service-${service}`} className="label-caps px-4 pt-5 pb-1 sm:px-6">
        <ServiceName id={service} />
      </h2>
      <ul>
        {own.map((check) => (
          <CheckRow key={check.id} check={check} counts={counts.get(check.id) ?? noCounts} />
        ))}
      </ul>
    </section>
  ));
}

function ServiceName({ id }: { id: string }) {
  const [cloud = "", service = ""] = id.split(".");
  return (
    <>
      <span className="text-ink-faint">{cloudName(cloud)}</span> {serviceName(service)}
    </>
  );
}

function countStandings(
  checks: readonly AnyCheck[],
  counts: ReadonlyMap<string, CheckCounts>,
): Record<Standing, number> {
  const standing = checks.flatMap(({ id }) => standingsOf(counts.get(id) ?? noCounts));
  return Object.fromEntries(
    standings.map((each) => [each, standing.filter((one) => one === each).length]),
  ) as Record<Standing, number>;
}

function choicesOf({ cloud }: ChecksSearch): FilterChoices {
  const services = [...new Set(catalogue.map(serviceOf))].filter(
    (service) => !cloud || service.startsWith(`${cloud}.`),
  );
  const words = (id: string) => id.split(".");
  return {
    cloud: clouds.map((each) => ({ value: each, label: cloudName(each) })),
    service: services.map((id) => ({
      value: id,
      label: `${cloudName(words(id)[0] ?? "")} ${serviceName(words(id)[1] ?? "")}`,
    })),
    severity: severities.map((each) => ({ value: each, label: severityWords[each] })),
    framework: frameworks.map(({ framework, name, version }) => ({
      value: framework,
      label: `${name} ${version}`,
    })),
  };
}
