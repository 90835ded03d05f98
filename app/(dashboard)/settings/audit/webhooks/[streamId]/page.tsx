import { ArrowLeft } from "lucide-react";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { LiveRefresh } from "#app/_shell/live-refresh.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { deliveryStates } from "#db/audit/schema.ts";
import { getStream, listDeliveries } from "#db/audit/streams.ts";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { stateOf } from "../stream-words.ts";
import { DeliveryList } from "./_components/delivery-list.tsx";
import { StreamActions } from "./_components/stream-actions.tsx";
import { StreamFacts } from "./_components/stream-facts.tsx";

export const metadata: Metadata = { title: "Webhook of the audit trail" };

type Props = {
  params: Promise<{ streamId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One webhook: how far it is, and what became of what it was to send. */
export default async function WebhookPage({ params, searchParams }: Props) {
  const scope = await requireScope();
  const [{ streamId }, asked] = await Promise.all([params, searchParams]);
  const state = deliveryStates.find((each) => each === asked.state);
  const after = typeof asked.after === "string" && /^\d{1,15}$/.test(asked.after) ? asked.after : undefined;
  const { db } = database();
  const [stream, page] = await Promise.all([
    getStream(db, scope, streamId),
    listDeliveries(db, scope, streamId, { ...(state ? { state } : {}), ...(after ? { after } : {}) }),
  ]).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  });
  const now = new Date().toISOString();
  const { word, tone } = stateOf(stream);
  const manages = scope.can("audit:manage");
  return (
    <section aria-labelledby="webhook" className="mt-6">
      <LiveRefresh active />
      <Link
        href={"/settings/audit/webhooks" as Route}
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Webhooks
      </Link>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h2 id="webhook" className="min-w-0 max-w-full text-20 break-words">
            <Untrusted text={stream.name} limit={80} />
          </h2>
          <Badge tone={tone}>{word}</Badge>
        </div>
        {manages ? <StreamActions stream={stream} /> : null}
      </div>
      {stream.failingSince && stream.enabled ? (
        <div className="mt-4 max-w-3xl">
          <Notice tone="danger">
            Nothing gets through; that began <Time at={stream.failingSince} now={now} />. Each delivery is
            tried again for a day, and nothing is lost: the trail keeps it.
          </Notice>
        </div>
      ) : null}
      <StreamFacts stream={stream} now={now} />
      <DeliveryList
        stream={stream}
        page={page}
        state={state ?? null}
        isFirst={after === undefined}
        manages={manages}
        now={now}
      />
    </section>
  );
}
