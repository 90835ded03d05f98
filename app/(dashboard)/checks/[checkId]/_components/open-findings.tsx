import type { Route } from "next";
import Link from "next/link";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import { database } from "#db/client.ts";
import { listFindings } from "#db/findings/list.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import { findingsOfCheck } from "../../hrefs.ts";
import { Section } from "./section.tsx";

const shown = 5;

/** The newest that is open of it, and the way to all. */
export async function OpenFindings({ scope, checkId }: { scope: Scope; checkId: string }) {
  const filter = findingFilter({ checkIds: [checkId], states: [...openStates] });
  const { rows, next } = await listFindings(database().db, scope, filter, { sort: "newest", limit: shown });
  if (rows.length === 0) return null;
  const now = new Date().toISOString();
  return (
    <Section id="findings" title="Open findings, newest first">
      <ul className="border-t border-line">
        {rows.map((finding) => (
          <li key={finding.id} className="relative border-b border-line py-2.5 hover:bg-hover">
            <Link
              href={`${findingsOfCheck(checkId)}&finding=${finding.id}` as Route}
              prefetch={false}
              className="flex text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:outline-accent"
            >
              <MiddleCut text={finding.resource.name} />
            </Link>
            <p className="mt-0.5 flex flex-wrap gap-x-4 text-12 text-ink-faint">
              <Untrusted text={finding.account.name} limit={60} />
              <span>{finding.region}</span>
              <Time at={finding.openedAt} now={now} />
            </p>
            <p className="mt-0.5 max-w-[80ch] text-13 text-ink-soft">
              <Untrusted text={finding.reason} limit={300} />
            </p>
          </li>
        ))}
      </ul>
      {next ? (
        <Link
          href={findingsOfCheck(checkId)}
          prefetch={false}
          className="mt-3 inline-flex min-h-8 items-center text-13 text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          All of its open findings
        </Link>
      ) : null}
    </Section>
  );
}
