import { ListFailed } from "#lib/inventory/answers.ts";
import { type CollectContext, isReadIn } from "#lib/inventory/collector.ts";
import { type CollectContextOptions, createCollectContext } from "#lib/inventory/context.ts";
import type { Gap, Kind, Resource } from "#lib/inventory/model.ts";
import type { BoundCollector } from "./session.ts";

type Classify = CollectContextOptions<never>["classify"];

type Unbound<Clients> = {
  kind: Kind;
  scope: "regional" | "global";
  collect(context: CollectContext<Clients>): AsyncIterable<Resource>;
};

/** What reaching an account gives a collector, beside what its unit does. */
type Reached<Clients> = Omit<CollectContextOptions<Clients>, "region" | "signal" | "onGap">;

/**
 * The collectors among `collectors` for a region (or `global`), narrowed to `kinds` unless that is null.
 *
 * @param reach Reaches the account, when collecting begins.
 */
export function bindCollectors<Clients>(
  collectors: readonly Unbound<Clients>[],
  region: string,
  kinds: readonly string[] | null,
  reach: (signal: AbortSignal) => Promise<Reached<Clients>>,
): BoundCollector[] {
  return collectors
    .filter((collector) => isReadIn(region, collector))
    .filter(({ kind }) => kinds === null || kinds.includes(kind))
    .map((collector) => ({
      kind: collector.kind,
      collect: async function* ({ signal, onGap }) {
        yield* collector.collect(
          createCollectContext({
            ...(await reach(signal)),
            region,
            signal,
            onGap: (gap) => onGap({ ...gap, kind: collector.kind }),
          }),
        );
      },
    }));
}

/**
 * The gap that an error leaves which ended a kind's collection; `null` when no provider answered it.
 *
 * @param reaching The operation that failed when no list did.
 */
export function gapOfFailure(
  error: unknown,
  kind: Kind | null,
  reaching: string,
  classify: Classify,
): Gap | null {
  const [operation, cause] = error instanceof ListFailed ? [error.operation, error.cause] : [reaching, error];
  const said = classify(cause);
  return said && { kind, resourceUid: null, operation, code: said.code, message: said.message };
}
