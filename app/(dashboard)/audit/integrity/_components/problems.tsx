import type { Route } from "next";
import Link from "next/link";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AuditIntegrity, StoredProblem } from "#db/audit/model.ts";

const words: Readonly<Record<string, string>> = {
  changed: "Changed",
  removed: "Removed",
  inserted: "Put in",
  reordered: "Put in another order",
  tail_cut: "The end was cut off",
  checkpoint_forged: "A checkpoint was forged",
  checkpoint_removed: "A checkpoint was removed",
  chain_broken: "The chain is broken",
  anchor_missing: "An anchor lost what it held",
  anchor_unreachable: "An anchor can't be read",
  set_back: "An older state was restored",
  archive_missing: "An archive is gone",
  archive_changed: "An archive was changed",
  unsealed: "Kept from being sealed",
  key_missing: "A key is missing",
};

const sayKind = (kind: string) => words[kind] ?? kind.replaceAll("_", " ");

/** What verification found wrong, the first of it first. */
export function Problems({ verification: { all, tail } }: { verification: AuditIntegrity["verification"] }) {
  const problems = new Map<string, StoredProblem>();
  for (const each of [all, tail]) {
    if (!each || each.ok) continue;
    for (const problem of each.problems) {
      problems.set(`${problem.kind}|${problem.position ?? ""}|${problem.detail}`, problem);
    }
  }
  if (problems.size === 0) return null;
  return (
    <section aria-labelledby="wrong" className="border-b border-line">
      <h2 id="wrong" className="px-4 pt-5 pb-2 text-16 sm:px-6">
        What is wrong
      </h2>
      <ol className="divide-y divide-line border-t border-line">
        {[...problems].map(([key, problem]) => (
          <li
            key={key}
            className="grid gap-x-6 gap-y-0.5 px-4 py-3 sm:px-6 md:grid-cols-[14rem_minmax(0,1fr)_auto]"
          >
            <p className="text-14 font-[540]">
              {sayKind(problem.kind)}
              {problem.position === undefined ? null : (
                <span className="ml-2 font-[400] text-ink-faint">
                  #{problem.position.toLocaleString("en")}
                </span>
              )}
            </p>
            <p className="min-w-0 text-13 text-pretty text-ink-soft">
              <Untrusted text={problem.detail} limit={600} />
            </p>
            {problem.entryId ? (
              <Link
                href={`/audit?entry=${encodeURIComponent(problem.entryId)}` as Route}
                prefetch={false}
                className="text-13 underline decoration-line-strong underline-offset-4 hover:decoration-current"
              >
                Look at the entry
              </Link>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
