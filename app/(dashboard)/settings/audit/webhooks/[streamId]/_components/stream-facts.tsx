import type { ReactNode } from "react";
import { Identifier } from "#components/ui/identifier.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { StreamView } from "#db/audit/stream-model.ts";
import { sayMatch } from "../../../_match/match-draft.ts";
import { sayBehind } from "../../stream-words.ts";

/** Where it goes, what of the trail, and how far it is. */
export function StreamFacts({ stream, now }: { stream: StreamView; now: string }) {
  const { delivered, queued, dead } = stream.counts;
  const figure = (count: number) => count.toLocaleString("en");
  const facts: [string, ReactNode][] = [
    ["Address", <Identifier key="url" value={stream.url} what="the address" />],
    ["Sends", <Untrusted key="filter" text={sayMatch(stream.filter)} limit={400} />],
    [
      "Position",
      <span key="position" className="tabular-nums">
        #{figure(stream.position)} of #{figure(stream.sealed)}, {sayBehind(stream)}
      </span>,
    ],
    [
      "Deliveries",
      <span key="deliveries" className="tabular-nums">
        {figure(delivered)} delivered, {figure(queued)} waiting, {figure(dead)} given up
      </span>,
    ],
    [
      "Made",
      <span key="made">
        by <Untrusted text={stream.createdBy.name} limit={80} />, <Time at={stream.createdAt} now={now} />
      </span>,
    ],
  ];
  return (
    <dl className="mt-5 grid max-w-3xl grid-cols-[auto_minmax(0,1fr)] gap-x-6 border-y border-line py-2 text-14">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="py-1.5 text-ink-faint">{name}</dt>
          <dd className="min-w-0 py-1.5">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
