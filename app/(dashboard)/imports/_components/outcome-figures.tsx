import type { ImportCounts } from "#db/imports/model.ts";
import { outcomes } from "../say-import.ts";
import { OutcomeBar, outcomeLooks } from "./outcome-bar.tsx";

/** The counts under their bar, each with what it means. */
export function OutcomeFigures({ counts }: { counts: ImportCounts }) {
  return (
    <section aria-label="What became of its rows" className="px-4 sm:px-6">
      <OutcomeBar counts={counts} />
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3 lg:grid-cols-5">
        {outcomes.map(({ name, word, hint }) => (
          <div key={name}>
            <dt className="flex items-center gap-2 text-13 text-ink-soft">
              <span aria-hidden className="flex size-3 items-end">
                <span className={`w-full ${outcomeLooks[name]}`} />
              </span>
              {word}
            </dt>
            <dd className="mt-1 text-20">{counts[name].toLocaleString("en")}</dd>
            <dd className="mt-0.5 text-12 text-pretty text-ink-faint">{hintOf(name, hint, counts)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function hintOf(name: (typeof outcomes)[number]["name"], hint: string, counts: ImportCounts): string {
  if (name === "updated" && counts.resolved > 0)
    return `${counts.resolved.toLocaleString("en")} of them resolved.`;
  if (name === "duplicates" && counts.contradicted > 0)
    return `${counts.contradicted.toLocaleString("en")} of them judged otherwise.`;
  return hint;
}
