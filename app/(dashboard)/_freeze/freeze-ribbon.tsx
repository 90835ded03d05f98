import { OctagonPause } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { database } from "#db/client.ts";
import { getRemediationSettings } from "#db/remediation/settings-queries.ts";
import type { Scope } from "#lib/auth/scope.ts";

/** On every page about fixes: says that all changes are frozen, by whom, since when and why; nothing while they aren't. */
export async function FreezeRibbon({ scope }: { scope: Scope }) {
  const { freeze } = await getRemediationSettings(database().db, scope);
  if (!freeze) return null;
  return (
    <aside
      aria-label="Freeze"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-danger bg-critical-soft px-4 py-2 text-13 sm:px-6"
    >
      <OctagonPause aria-hidden strokeWidth={1.6} className="size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1 basis-64 text-pretty">
        <strong className="font-[560]">All changes are frozen</strong> since{" "}
        <Time at={freeze.at} now={new Date().toISOString()} />
        {freeze.by ? (
          <>
            {" "}
            by <Untrusted text={freeze.by.name} limit={80} />
          </>
        ) : null}
        {freeze.reason ? (
          <>
            : <Untrusted text={freeze.reason} limit={300} />
          </>
        ) : null}
      </p>
      <Link
        href={"/settings/remediation" as Route}
        className="underline decoration-line-strong underline-offset-4 hover:decoration-current max-sm:py-1.5"
      >
        Settings
      </Link>
    </aside>
  );
}
