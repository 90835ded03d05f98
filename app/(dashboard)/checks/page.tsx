import type { Metadata, Route } from "next";
import Link from "next/link";
import { serviceName } from "#components/findings/service-names.ts";
import { VerdictBar } from "#components/findings/verdict-bar.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { database } from "#db/client.ts";
import { type CheckCounts, sumCheckCounts } from "#db/findings/check-counts.ts";
import { requireScope } from "#lib/auth/session.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck } from "#lib/checks/model.ts";

export const metadata: Metadata = { title: "Checks" };

const nothing: CheckCounts = { pass: 0, fail: 0, unknown: 0, manual: 0 };

/** What is looked for, and how it stands: the whole catalogue, by service. */
export default async function ChecksPage() {
  const counts = await sumCheckCounts(database().db, await requireScope());
  const services = [...Map.groupBy(catalogue, ({ resource }) => resource.split(".")[1] ?? "")];
  return (
    <div className="pb-12">
      <header className="px-4 pt-6 pb-5 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">Checks</h1>
        <p className="mt-1 text-14 text-ink-soft">
          {catalogue.length} rules that every scan judges by. Each says what it wants to see.
        </p>
      </header>
      {services.map(([service, checks]) => (
        <section key={service} aria-labelledby={`service-${service}`} className="border-t border-line">
          <h2 id={`service-${service}`} className="label-caps px-4 pt-5 pb-1 sm:px-6">
            {serviceName(service)}
          </h2>
          <ul>
            {checks.map((check) => (
              <CheckRow key={check.id} check={check} counts={counts.get(check.id) ?? nothing} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function CheckRow({ check, counts }: { check: AnyCheck; counts: CheckCounts }) {
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 transition-colors duration-120 last:border-b-0 hover:bg-hover sm:grid-cols-[6rem_minmax(0,1fr)_18rem] sm:px-6">
      <span className="sm:hidden">
        <SeverityMark severity={check.severity} terse />
      </span>
      <span className="max-sm:hidden">
        <SeverityMark severity={check.severity} />
      </span>
      <div className="min-w-0">
        <Link
          href={`/findings?check=${check.id}` as Route}
          prefetch={false}
          className="text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
        >
          {check.title}
        </Link>
        <div className="truncate font-mono text-12 text-ink-faint">{check.id}</div>
      </div>
      <div className="max-sm:col-start-2">
        <VerdictBar counts={counts} severity={check.severity} />
      </div>
    </li>
  );
}
