import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { SourceView } from "#db/accounts/source-queries.ts";
import { SourceActions } from "./source-actions.tsx";

export function SourceHead({
  source,
  mayManage,
  now,
}: {
  source: SourceView;
  mayManage: boolean;
  now: string;
}) {
  const { cloud, name, lastSync } = source;
  return (
    <header className="px-4 pt-5 pb-6 sm:px-6">
      <Link
        href="/settings/organisations"
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Organisations
      </Link>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex min-w-0 items-center gap-3">
            <CloudBadge cloud={cloud} />
            <h1 className="line-clamp-2 min-w-0 text-28 tracking-[-0.02em]">
              <Untrusted text={name} limit={160} />
            </h1>
          </div>
          <p className="mt-1.5 text-14 text-ink-soft">
            {lastSync === null ? (
              "Looking for its members."
            ) : (
              <>
                {lastSync.error ? "Looked in vain " : "Last looked "}
                <Time at={lastSync.at} now={now} />
                {sayNews(lastSync)}
              </>
            )}
          </p>
        </div>
        {mayManage ? (
          <SourceActions
            source={{ id: source.id, name, followers: source.followers, lookedAt: lastSync?.at ?? null }}
          />
        ) : null}
      </div>
      {lastSync?.error ? (
        <div className="mt-5 max-w-4xl">
          <Notice tone="danger">
            <p>Its members could not be looked for. Those known before are kept as they were.</p>
            <p className="mt-1 text-ink-soft">
              <Untrusted text={lastSync.error} limit={600} />
            </p>
          </Notice>
        </div>
      ) : null}
    </header>
  );
}

function sayNews({ error, appeared, connected, gone }: NonNullable<SourceView["lastSync"]>): string {
  if (error) return ".";
  const news = [
    appeared > 0 ? `${appeared} new` : "",
    connected > 0 ? `${connected} connected at once` : "",
    gone > 0 ? `${gone} gone` : "",
  ].filter(Boolean);
  return news.length > 0 ? `: ${news.join(", ")}.` : "; nothing was new.";
}
