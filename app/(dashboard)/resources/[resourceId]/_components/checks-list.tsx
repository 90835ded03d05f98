import type { Route } from "next";
import Link from "next/link";
import { VerdictMark } from "#components/ui/verdict-mark.tsx";
import { catalogue } from "#lib/checks/index.ts";
import { type VerdictStatus, verdictStatuses } from "#lib/checks/model.ts";

const order: readonly VerdictStatus[] = ["fail", "unknown", "manual", "pass"];
const titles = new Map(catalogue.map(({ id, title }) => [id as string, title]));

/** The checks that judge it, and what each says: what failed first, what passed folded away. */
export function ChecksList({
  verdicts,
  gone,
}: {
  verdicts: Readonly<Record<string, VerdictStatus>> | null;
  gone: boolean;
}) {
  if (!verdicts) return <p className="text-13 text-ink-soft">Your role does not include findings.</p>;
  const known = Object.entries(verdicts).filter(([id]) => titles.has(id));
  if (known.length === 0) return <p className="text-13 text-ink-soft">No check judges it.</p>;
  const of = (status: VerdictStatus) => known.filter(([, each]) => each === status).map(([id]) => id);
  return (
    <>
      <p className="text-13 text-ink-soft">
        {verdictStatuses
          .filter((status) => of(status).length > 0)
          .map((status) => `${of(status).length} ${words[status]}`)
          .join(", ")}
        {gone ? ", when it was last read" : ""}
      </p>
      <div className="mt-2 grid gap-1">
        {order.map((status) => {
          const ids = of(status);
          if (ids.length === 0) return null;
          return (
            <details key={status} open={status !== "pass"} className="group">
              <summary className="flex min-h-8 list-none items-center gap-2 text-13 max-sm:min-h-10">
                <span
                  aria-hidden
                  className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
                >
                  ›
                </span>
                <VerdictMark status={status} />
                <span className="ml-auto text-ink-faint">{ids.length}</span>
              </summary>
              <ul className="ml-1.5 border-l border-line pl-3.5">
                {ids.map((id) => (
                  <li key={id}>
                    <Link
                      href={`/checks/${id}` as Route}
                      prefetch={false}
                      className="block py-1 text-13 text-pretty text-ink-soft hover:text-ink max-sm:py-2.5"
                    >
                      {titles.get(id)}
                    </Link>
                  </li>
                ))}
              </ul>
            </details>
          );
        })}
      </div>
    </>
  );
}

const words: Readonly<Record<VerdictStatus, string>> = {
  pass: "passed",
  fail: "failed",
  unknown: "could not tell",
  manual: "to be looked at by hand",
};
