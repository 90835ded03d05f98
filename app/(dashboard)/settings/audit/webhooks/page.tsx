import type { Metadata } from "next";
import { LiveRefresh } from "#app/_shell/live-refresh.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { listStreams } from "#db/audit/streams.ts";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { secretKeyring } from "#lib/secrets/keys.ts";
import { NewStream } from "./_components/new-stream.tsx";
import { StreamList } from "./_components/stream-list.tsx";

export const metadata: Metadata = { title: "Webhooks of the audit trail" };

/** Where the trail is streamed to. */
export default async function WebhooksPage() {
  const scope = await requireScope();
  const streams = await listStreams(database().db, scope);
  const manages = scope.can("audit:manage");
  const hasKey = secretKeyring() !== null;
  const now = new Date().toISOString();
  return (
    <section aria-labelledby="webhooks" className="mt-8">
      <LiveRefresh active={streams.length > 0} />
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h2 id="webhooks" className="text-20">
            Webhooks
          </h2>
          <p className="mt-1 max-w-[62ch] text-14 text-pretty text-ink-soft">
            Every entry goes to your SIEM or archive once it is sealed, signed, in the very form that was
            hashed. A receiver that is away is tried again for a day; what it missed can be sent again.
          </p>
        </div>
        {manages && hasKey ? <NewStream /> : null}
      </div>
      {manages && !hasKey ? (
        <div className="mt-5 max-w-3xl">
          <Notice tone="gap">
            A webhook's secret is kept sealed, and there is no key to seal with. Set{" "}
            <code className="font-mono text-12">PARAPET_SECRET_KEYS</code> for every process of Parapet, and
            start them again.
          </Notice>
        </div>
      ) : null}
      {streams.length > 0 ? (
        <StreamList streams={streams} now={now} />
      ) : (
        <EmptyState title="Nothing is sent anywhere">
          {manages
            ? "Name an https address of yours, choose which entries it gets, and give it the secret that Parapet signs with."
            : "An administrator can have the trail sent to a system of yours."}
        </EmptyState>
      )}
    </section>
  );
}
