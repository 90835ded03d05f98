import { Check, X } from "lucide-react";
import { serviceName } from "#components/findings/service-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { ConnectionTest } from "#db/accounts/schema.ts";

/** What a test of an identity found: whom the credentials speak for, and what they may not do. */
export function TestResult({ test, now }: { test: ConnectionTest; now?: string }) {
  const { reached, error, missing, untold } = test;
  return (
    <div className="grid gap-3 text-14">
      {reached ? (
        <div className="flex min-w-0 gap-2.5">
          <Check aria-hidden strokeWidth={2} className="mt-0.5 size-4 shrink-0 text-accent" />
          <div className="min-w-0">
            <p>Reached, as</p>
            <p className="flex min-w-0 items-center gap-1">
              <MiddleCut text={reached.identity} tail={24} className="font-mono text-13" />
              <CopyButton text={reached.identity} label="Copy the identity" />
            </p>
            <p className="text-13 text-ink-faint">
              Account <span className="font-mono text-12">{reached.externalId}</span>
              {reached.accountName ? (
                <>
                  , <Untrusted text={reached.accountName} limit={100} />
                </>
              ) : null}
              {now ? (
                <>
                  , tested <Time at={test.at} now={now} />
                </>
              ) : null}
            </p>
          </div>
        </div>
      ) : null}
      {error ? (
        <div className="flex min-w-0 gap-2.5">
          <X aria-hidden strokeWidth={2} className="mt-0.5 size-4 shrink-0 text-danger" />
          <div className="min-w-0">
            <p>{reached ? "The test could not go on" : "Nobody was reached"}</p>
            <p className="mt-0.5 text-13 text-pretty text-ink-soft">
              <Untrusted text={error} limit={600} />
            </p>
            {!reached && now ? (
              <p className="mt-0.5 text-13 text-ink-faint">
                Tested <Time at={test.at} now={now} />
              </p>
            ) : null}
          </div>
        </div>
      ) : null}
      {reached ? <Permissions test={test} /> : null}
      {untold.length > 0 ? (
        <PermissionList
          summary={`Of ${count(untold)} the test could not tell; the first scan will.`}
          groups={untold}
        />
      ) : null}
      {missing.length > 0 ? (
        <p className="text-13 text-pretty text-ink-soft">
          Without them Parapet still scans the rest, and shows what it could not read as gaps.
        </p>
      ) : null}
    </div>
  );
}

function Permissions({ test: { missing, untold, error, method } }: { test: ConnectionTest }) {
  if (missing.length > 0) {
    return (
      <PermissionList isOpen tone="gap" summary={`${capital(count(missing))} missing`} groups={missing} />
    );
  }
  if (error || method === null) return null;
  return (
    <div className="flex gap-2.5">
      <Check aria-hidden strokeWidth={2} className="mt-0.5 size-4 shrink-0 text-accent" />
      <p>
        {untold.length > 0
          ? "Nothing is missing of what could be tried"
          : "Everything that it needs is allowed"}
      </p>
    </div>
  );
}

function PermissionList({
  summary,
  groups,
  isOpen = false,
  tone = "quiet",
}: {
  summary: string;
  groups: ConnectionTest["missing"];
  isOpen?: boolean;
  tone?: "quiet" | "gap";
}) {
  return (
    <details open={isOpen} className="group min-w-0">
      <summary className="flex list-none items-start gap-2.5">
        {tone === "gap" ? (
          <span aria-hidden className="hatched mt-1 size-3 shrink-0 rounded-xs border border-gap" />
        ) : (
          <span
            aria-hidden
            className="w-4 shrink-0 text-center text-ink-faint transition-transform duration-120 group-open:rotate-90"
          >
            ›
          </span>
        )}
        <span className={tone === "gap" ? "" : "text-13 text-ink-soft"}>{summary}</span>
      </summary>
      <dl className="mt-2 ml-6.5 border-t border-line text-13">
        {groups.map(({ service, permissions }) => (
          <div
            key={service}
            className="grid gap-x-6 gap-y-0.5 border-b border-line py-2 sm:grid-cols-[9rem_minmax(0,1fr)]"
          >
            <dt className="text-ink-soft">{serviceName(service)}</dt>
            <dd className="font-mono text-12 leading-5">{permissions.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function count(groups: ConnectionTest["missing"]): string {
  const all = new Set(groups.flatMap(({ permissions }) => permissions)).size;
  return all === 1 ? "one permission" : `${all} permissions`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
