import type { Route } from "next";
import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { DeliveryState } from "#db/audit/schema.ts";
import type { DeliveryPage, DeliveryView, StreamView } from "#db/audit/stream-model.ts";
import { ReplayDead, ReplayOne } from "./replay-buttons.tsx";

const states = [
  { state: null, word: "All" },
  { state: "queued", word: "Waiting" },
  { state: "dead", word: "Given up" },
  { state: "delivered", word: "Delivered" },
] as const satisfies readonly { state: DeliveryState | null; word: string }[];

const hrefOf = (streamId: string, state: DeliveryState | null, after?: string): Route => {
  const query = new URLSearchParams({ ...(state ? { state } : {}), ...(after ? { after } : {}) }).toString();
  return `/settings/audit/webhooks/${streamId}${query ? `?${query}` : ""}` as Route;
};

/** What became of what was to be sent, the newest entries first. */
export function DeliveryList({
  stream,
  page,
  state,
  isFirst,
  manages,
  now,
}: {
  stream: StreamView;
  page: DeliveryPage;
  state: DeliveryState | null;
  isFirst: boolean;
  manages: boolean;
  now: string;
}) {
  const mayReplay = manages && stream.enabled;
  return (
    <section aria-labelledby="deliveries" className="mt-10">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h3 id="deliveries" className="text-16">
          Deliveries
        </h3>
        {mayReplay && stream.counts.dead > 0 ? (
          <ReplayDead streamId={stream.id} count={stream.counts.dead} />
        ) : null}
      </div>
      <nav aria-label="Deliveries by state" className="mt-2 flex gap-4 overflow-x-auto border-b border-line">
        {states.map(({ state: each, word }) => (
          <Link
            key={word}
            href={hrefOf(stream.id, each)}
            scroll={false}
            aria-current={each === state ? "true" : undefined}
            className="-mb-px shrink-0 border-b-2 border-transparent py-2 text-13 text-ink-soft hover:text-ink aria-[current=true]:border-accent aria-[current=true]:font-[540] aria-[current=true]:text-ink max-sm:py-3"
          >
            {word}
          </Link>
        ))}
      </nav>
      {page.deliveries.length === 0 ? (
        <p className="border-b border-line py-6 text-14 text-pretty text-ink-soft">
          {state === null
            ? "Nothing yet. What happens from now on appears here a few seconds after it is sealed; what was delivered stays listed for a week."
            : "None of these."}
        </p>
      ) : (
        <ul aria-label="Deliveries">
          {page.deliveries.map((delivery) => (
            <Delivery
              key={delivery.id}
              delivery={delivery}
              streamId={stream.id}
              mayReplay={mayReplay}
              now={now}
            />
          ))}
        </ul>
      )}
      {!isFirst || page.next ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {isFirst ? null : (
            <LinkButton size="sm" href={hrefOf(stream.id, state)}>
              Newest
            </LinkButton>
          )}
          {page.next ? (
            <LinkButton size="sm" href={hrefOf(stream.id, state, page.next)}>
              Older
            </LinkButton>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function Delivery({
  delivery,
  streamId,
  mayReplay,
  now,
}: {
  delivery: DeliveryView;
  streamId: string;
  mayReplay: boolean;
  now: string;
}) {
  const { action, object, position, state, attempts, error } = delivery;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-b border-line py-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 font-mono text-13 break-all">
            {action ?? "The entry has left the database"}
          </span>
          <StateBadge state={state} attempts={attempts} />
        </div>
        <p className="mt-0.5 text-13 break-words text-ink-faint">
          <span className="tabular-nums">#{position.toLocaleString("en")}</span>
          {object ? (
            <>
              {" · "}
              <Untrusted text={`${object.kind} ${object.id}`} limit={80} />
            </>
          ) : null}
          {" · "}
          <Time at={delivery.entryAt} now={now} />
          {attempts > 1 ? ` · ${attempts} attempts` : ""}
          {delivery.status ? ` · answered ${delivery.status}` : ""}
        </p>
        {error ? (
          <p className={`mt-0.5 text-13 break-words ${state === "dead" ? "text-danger" : "text-ink-soft"}`}>
            <Untrusted text={error} limit={300} />
          </p>
        ) : null}
      </div>
      {mayReplay && state !== "queued" ? (
        <ReplayOne streamId={streamId} deliveryId={delivery.id} position={position} />
      ) : null}
    </li>
  );
}

function StateBadge({ state, attempts }: { state: DeliveryState; attempts: number }) {
  if (state === "delivered") return <Badge tone="accent">Delivered</Badge>;
  if (state === "dead") return <Badge tone="danger">Given up</Badge>;
  return <Badge>{attempts > 0 ? "Tried again soon" : "Waiting"}</Badge>;
}
