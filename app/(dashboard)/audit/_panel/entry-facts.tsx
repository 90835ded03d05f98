import { Lock } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { objectPath } from "#components/audit/object-path.ts";
import { sayDuration } from "#components/audit/say-duration.ts";
import { sayVia } from "#components/audit/say-origin.ts";
import { Identifier } from "#components/ui/identifier.tsx";
import { exactTime } from "#components/ui/relative-time.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { trailOf } from "../hrefs.ts";
import type { EntryView, ToldValue } from "./entry-view.ts";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-current";

/** Every field of the entry, with what else in the trail has the same. */
export function EntryFacts({ view: { entry, address } }: { view: EntryView }) {
  const { at, actor, action, object, correlationId, durationMs, tokenName } = entry;
  const path = objectPath(object);
  const via = sayVia(entry.origin);
  return (
    <dl className="mt-5 divide-y divide-line border-y border-line text-13">
      <Fact name="When">{exactTime(at).replace(/ UTC$/, `${at.slice(19, 23)} UTC`)}</Fact>
      <Fact
        name="Who"
        more={
          <Link className={link} href={trailOf({ actor: [actor.id], period: "30d" })}>
            what else they did
          </Link>
        }
      >
        {actor.kind === "user" ? <Untrusted text={actor.name} limit={80} /> : `Parapet (${actor.name})`}
        {actor.tokenId ? (
          <span className="text-ink-faint">
            , by the token <Untrusted text={tokenName ?? actor.tokenId} limit={60} />
          </span>
        ) : null}
      </Fact>
      <Fact
        name="Action"
        more={
          <Link className={link} href={trailOf({ action: [action] })}>
            others like it
          </Link>
        }
      >
        <span className="font-mono text-12">{action}</span>
      </Fact>
      <Fact
        name="On"
        more={
          <Link className={link} href={trailOf({ kind: object.kind, object: object.id, period: "30d" })}>
            its history
          </Link>
        }
      >
        <span className="mr-1.5 text-ink-faint">{object.kind.replaceAll("_", " ")}</span>
        {path ? (
          <Link href={path as Route} prefetch={false} className={link}>
            look at it
          </Link>
        ) : null}
        <Identifier value={object.id} what="the object's id" />
      </Fact>
      {via ? (
        <Fact name="From">
          {via}
          {address ? (
            <>
              , <Personal value={address} />
            </>
          ) : null}
        </Fact>
      ) : null}
      {durationMs === null ? null : <Fact name="Took">{sayDuration(durationMs)}</Fact>}
      <Fact
        name="Request"
        more={
          <Link className={link} href={trailOf({ correlation: correlationId })}>
            all of it
          </Link>
        }
      >
        <Identifier value={correlationId} what="the correlation id" />
      </Fact>
      <Fact name="Entry">
        <Identifier value={entry.id} what="the entry's id" />
      </Fact>
    </dl>
  );
}

function Fact({ name, more, children }: { name: string; more?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-9 grid-cols-[5rem_minmax(0,1fr)_auto] items-center gap-x-3 py-1.5">
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
      {more ? <dd className="text-12 text-ink-soft">{more}</dd> : null}
    </div>
  );
}

/** A value that the entry itself doesn't hold: what does stands for it, and can be made to stand for nothing. */
export function Personal({ value: { text, personal } }: { value: ToldValue }) {
  return (
    <>
      <Untrusted text={text} limit={300} />
      {personal ? (
        <span title={`Personal data (${personal}): the entry holds only a commitment to it.`}>
          <Lock aria-hidden className="mb-0.5 ml-1 inline size-3 text-ink-faint" />
          <span className="sr-only"> (personal data: {personal})</span>
        </span>
      ) : null}
    </>
  );
}
