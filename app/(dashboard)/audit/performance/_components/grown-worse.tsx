import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { sayDuration } from "#components/audit/say-duration.ts";
import type { ActionPerformance } from "#db/audit/model.ts";
import { trailHref } from "../../hrefs.ts";
import type { TrailSearch } from "../../search-params.ts";

const mostTold = 5;

/** Which acts have grown slower than a reader would put up with unasked. */
export function GrownWorse({
  actions,
  search,
}: {
  actions: readonly ActionPerformance[];
  search: TrailSearch;
}) {
  return (
    <section aria-labelledby="grown-worse" className="border-b border-line px-4 py-4 sm:px-6">
      <h2 id="grown-worse" className="flex items-center gap-2 text-14 font-[560]">
        <TriangleAlert aria-hidden strokeWidth={1.8} className="size-4 text-high" />
        {actions.length === 1 ? "One act has grown slower" : `${actions.length} acts have grown slower`}
      </h2>
      <ul className="mt-2 grid gap-1 pl-6 text-13 text-ink-soft">
        {actions.slice(0, mostTold).map(({ action, p95Ms, baseline, worse }) => (
          <li key={action}>
            <Link
              href={trailHref(search, { action: [action] })}
              prefetch={false}
              className="font-mono text-12 text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              {action}
            </Link>
            : one in twenty takes longer than {sayDuration(p95Ms)}
            {baseline ? `, where it was ${sayDuration(baseline.p95Ms)}` : null}
            {worse === null ? null : ` (${worse} times as long)`}.
          </li>
        ))}
        {actions.length > mostTold ? <li>And {actions.length - mostTold} more, marked below.</li> : null}
      </ul>
    </section>
  );
}
