import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { VerdictBar } from "#components/findings/verdict-bar.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import type { CheckStanding } from "#db/checks/queries.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import { noCounts } from "../../arrange-checks.ts";
import { findingsOfCheck } from "../../hrefs.ts";

export function CheckHead({ check, standings }: { check: AnyCheck; standings: readonly CheckStanding[] }) {
  const [cloud = "", service = ""] = check.id.split(".");
  const counts = standings.reduce(
    (sum, each) => ({
      pass: sum.pass + each.pass,
      fail: sum.fail + each.fail,
      unknown: sum.unknown + each.unknown,
      manual: sum.manual + each.manual,
    }),
    noCounts,
  );
  return (
    <header className="border-b border-line px-4 pt-5 pb-6 sm:px-6">
      <Link
        href="/checks"
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Checks
      </Link>
      <div className="mt-1 flex flex-wrap items-end justify-between gap-x-10 gap-y-5">
        <div className="min-w-0 max-w-3xl">
          <h1 className="text-28 tracking-[-0.02em] text-pretty">{check.title}</h1>
          <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-13 text-ink-soft">
            <SeverityMark severity={check.severity} />
            <span>
              {cloudName(cloud)} {serviceName(service)}
            </span>
            <Identifier value={check.id} what="the check's id" tail={24} />
          </div>
        </div>
        <div className="flex w-full items-end gap-6 sm:w-auto">
          <div className="min-w-0 flex-1 sm:w-72">
            <VerdictBar counts={counts} severity={check.severity} />
          </div>
          {counts.fail > 0 ? (
            <LinkButton look="primary" href={findingsOfCheck(check.id)}>
              Its findings
            </LinkButton>
          ) : null}
        </div>
      </div>
    </header>
  );
}
