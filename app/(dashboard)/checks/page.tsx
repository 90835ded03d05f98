import type { Metadata, Route } from "next";
import Link from "next/link";
import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { VerdictBar } from "#components/findings/verdict-bar.tsx";
import { cx } from "#components/ui/class-names.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { database } from "#db/client.ts";
import { type CheckCounts, sumCheckCounts } from "#db/findings/check-counts.ts";
import { requireScope } from "#lib/auth/session.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";

export const metadata: Metadata = { title: "Checks" };

const nothing: CheckCounts = { pass: 0, fail: 0, unknown: 0, manual: 0 };

const cloudOf = ({ id }: AnyCheck) => id.split(".")[0];

/** What is looked for, and how it stands: the catalogue, of one cloud or of all, by service. */
export default async function ChecksPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [scope, { cloud: asked }] = [await requireScope(), await searchParams];
  const chosen = clouds.find((cloud) => cloud === asked) ?? null;
  const counts = await sumCheckCounts(database().db, scope);
  const shown = catalogue.filter((check) => chosen === null || cloudOf(check) === chosen);
  const services = [...Map.groupBy(shown, ({ resource }) => resource.split(".").slice(0, 2).join("."))];
  return (
    <div className="pb-12">
      <header className="px-4 pt-6 pb-5 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">Checks</h1>
        <p className="mt-1 text-14 text-ink-soft">
          {catalogue.length} rules that every scan judges by. Each says what it wants to see.
        </p>
        <nav aria-label="Cloud" className="mt-4 flex flex-wrap gap-1.5">
          {[null, ...clouds].map((cloud) => (
            <CloudChoice key={cloud} cloud={cloud} chosen={chosen === cloud} />
          ))}
        </nav>
      </header>
      {services.map(([service, checks]) => (
        <section key={service} aria-labelledby={`service-${service}`} className="border-t border-line">
          <h2 id={`service-${service}`} className="label-caps px-4 pt-5 pb-1 sm:px-6">
            <span className="text-ink-faint">{cloudName(service.split(".")[0] ?? "")}</span>{" "}
            {serviceName(service.split(".")[1] ?? "")}
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

function CloudChoice({ cloud, chosen }: { cloud: Cloud | null; chosen: boolean }) {
  const count = catalogue.filter((check) => cloud === null || cloudOf(check) === cloud).length;
  return (
    <Link
      href={(cloud ? `/checks?cloud=${cloud}` : "/checks") as Route}
      aria-current={chosen ? "true" : undefined}
      className={cx(
        "flex h-8 items-center gap-2 rounded border px-3 text-13 transition-colors duration-120 hover:bg-hover max-sm:h-10",
        chosen ? "border-accent text-ink" : "border-line-strong text-ink-soft",
      )}
    >
      {cloud ? cloudName(cloud) : "All clouds"}
      <span className="text-ink-faint">{count}</span>
    </Link>
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
