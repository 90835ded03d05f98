import type { Metadata, Route } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { database } from "#db/client.ts";
import { listPlaybooks } from "#db/remediation/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import { playbookCategories } from "#lib/remediation/playbook.ts";
import { PlaybookFilters } from "./_components/playbook-filters.tsx";
import { PlaybookRow } from "./_components/playbook-row.tsx";
import { arrangePlaybooks } from "./arrange-playbooks.ts";
import { sources } from "./choices.ts";
import { categoryWords } from "./playbook-words.ts";
import { parsePlaybooksSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Playbooks" };

/** What Parapet can fix, and how: the library. */
export default async function PlaybooksPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parsePlaybooksSearch(await searchParams)];
  const all = await listPlaybooks(database().db, scope);
  const shown = arrangePlaybooks(all, search);
  const mayWrite = scope.can("remediation:manage") && scope.accountIds === null;
  const checks = new Set(all.flatMap(({ fixes }) => fixes)).size;
  const own = all.filter(({ source }) => source === "custom").length;
  return (
    <div className="pb-12">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 px-4 pt-6 pb-5 sm:px-6">
        <div className="min-w-0">
          <h1 className="text-28 tracking-[-0.02em]">Playbooks</h1>
          <p className="mt-1 max-w-[72ch] text-14 text-pretty text-ink-soft">
            {all.length} ways to fix what {checks} checks find, {own === 0 ? "none" : own} of them your own.
            Each shows what it would change before anybody is asked, and what it changed can be taken back
            unless it says otherwise.
          </p>
        </div>
        {mayWrite ? (
          <LinkButton href={"/playbooks/new" as Route} className="max-sm:w-full">
            Write a playbook
          </LinkButton>
        ) : null}
      </header>
      <PlaybookFilters
        search={search}
        choices={{
          cloud: clouds,
          category: playbookCategories.filter((each) => all.some(({ category }) => category === each)),
          severity: severities.filter((each) => all.some(({ severity }) => severity === each)),
          source: sources,
        }}
      />
      {shown.length === 0 ? (
        <div className="border-t border-line">
          <EmptyState
            title={
              search.source === "custom" && own === 0 ? "No playbook of your own yet" : "No playbook fits"
            }
            action={<LinkButton href={"/playbooks" as Route}>Show all playbooks</LinkButton>}
          >
            {search.source === "custom" && own === 0
              ? "Playbooks of your own put Parapet's actions together as your company needs them, by a form or a YAML file. Administrators write them."
              : "Take a filter off, or search for a part of a title or of a check's id."}
          </EmptyState>
        </div>
      ) : (
        playbookCategories.map((category) => {
          const rows = shown.filter((playbook) => playbook.category === category);
          return rows.length === 0 ? null : (
            <section key={category} aria-labelledby={`category-${category}`} className="border-t border-line">
              <h2 id={`category-${category}`} className="label-caps px-4 pt-5 pb-1 sm:px-6">
                {categoryWords[category]}
              </h2>
              <ul>
                {rows.map((playbook) => (
                  <PlaybookRow key={playbook.id} playbook={playbook} />
                ))}
              </ul>
            </section>
          );
        })
      )}
    </div>
  );
}
