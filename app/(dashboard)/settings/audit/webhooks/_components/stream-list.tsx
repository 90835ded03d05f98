import { Webhook } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { StreamView } from "#db/audit/stream-model.ts";
import { sayMatch } from "../../_match/match-draft.ts";
import { sayBehind, stateOf } from "../stream-words.ts";

/** One row each; on a phone its parts stand below one another. */
export function StreamList({ streams, now }: { streams: readonly StreamView[]; now: string }) {
  return (
    <ul aria-label="Webhooks" className="mt-6 border-t border-line">
      {streams.map((stream) => {
        const state = stateOf(stream);
        return (
          <li
            key={stream.id}
            className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-4 border-b border-line py-3.5 transition-colors duration-120 hover:bg-hover"
          >
            <Webhook aria-hidden strokeWidth={1.6} className="mt-0.5 size-5 text-ink-faint" />
            <div className="grid min-w-0 gap-x-6 gap-y-1 md:grid-cols-[minmax(0,1fr)_15rem]">
              <div className="min-w-0">
                <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  <Link
                    href={`/settings/audit/webhooks/${stream.id}` as Route}
                    className="min-w-0 max-w-full text-14 font-[540] after:absolute after:inset-0"
                  >
                    <Untrusted text={stream.name} limit={80} className="block truncate" />
                  </Link>
                  <Badge tone={state.tone}>{state.word}</Badge>
                  {stream.counts.dead > 0 ? (
                    <Badge tone="danger">{stream.counts.dead.toLocaleString("en")} given up</Badge>
                  ) : null}
                </div>
                <MiddleCut text={stream.url} className="mt-0.5 font-mono text-12 text-ink-soft" />
                <p className="mt-0.5 text-13 text-pretty text-ink-faint">
                  <Untrusted text={sayMatch(stream.filter)} limit={200} />
                </p>
              </div>
              <p className="text-13 text-ink-soft md:text-right">
                {sayBehind(stream)}
                {stream.counts.queued > 0
                  ? `, ${stream.counts.queued.toLocaleString("en")} waiting to be sent`
                  : ""}
                <span className="block text-ink-faint">
                  {stream.lastDeliveredAt ? (
                    <>
                      Last delivered <Time at={stream.lastDeliveredAt} now={now} />
                    </>
                  ) : (
                    "Nothing delivered lately"
                  )}
                </span>
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
