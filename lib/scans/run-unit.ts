import { toJson } from "#db/insert-rows.ts";
import { catalogueVersion } from "#lib/checks/version.ts";
import type { CloudSession } from "#lib/clouds/session.ts";
import type { Gap, Kind, Resource } from "#lib/inventory/model.ts";
import { type CheckSet, evaluate, resourceHash } from "./evaluate.ts";
import type { Known, Observation, UnitReading, UnitSink } from "./sink.ts";

/** Resources handled at once: enough to make a round trip to the database cheap, few enough to keep memory flat. */
const batchSize = 500;

export type UnitRun = {
  session: CloudSession;
  service: string;
  region: string;
  /** Kinds to read; `null` for all of the service. */
  kinds: readonly string[] | null;
  checks: CheckSet;
  /** True when only some of the catalogue's checks run, so that the next full scan judges the resource again. */
  partial: boolean;
  asOf: Date;
  sink: UnitSink;
  signal: AbortSignal;
};

/**
 * Reads one unit (account × service × region) into a sink, kind by kind, streaming. What can't be read becomes a gap;
 * only an abort or a bug throws.
 */
export async function runUnit(run: UnitRun): Promise<UnitReading> {
  const collectors = run.session.collectorsOf(run.service, run.region, run.kinds);
  const incomplete = new Set<Kind>();
  let clean = true;
  let resources = 0;
  const onGap = (gap: Gap) => {
    clean = false;
    run.sink.gap(gap);
  };
  await Promise.all(
    collectors.map(async (collector) => {
      try {
        for await (const batch of inBatches(collector.collect({ signal: run.signal, onGap }), batchSize)) {
          await takeIn(run, collector.kind, batch).catch((cause: unknown) => {
            throw new SinkFailed(cause);
          });
          resources += batch.length;
        }
      } catch (error) {
        run.signal.throwIfAborted();
        if (error instanceof SinkFailed) throw error.cause;
        const gap = run.session.gapOf(error, collector.kind, run.region);
        if (!gap) throw error;
        incomplete.add(collector.kind);
        onGap(gap);
      }
    }),
  );
  run.signal.throwIfAborted();
  return { kinds: collectors.map((c) => c.kind), incomplete: [...incomplete], clean, resources };
}

/** Keeps the sink's own lost connection from being taken for the provider's. */
class SinkFailed extends Error {
  constructor(cause: unknown) {
    super("The sink failed.", { cause });
  }
}

async function takeIn(run: UnitRun, kind: Kind, read: readonly Resource[]): Promise<void> {
  const batch = read.map(storable);
  const known = await run.sink.known(
    kind,
    batch.map((resource) => resource.uid),
  );
  await run.sink.write(batch.map((resource) => observe(run, resource, known.get(resource.uid))));
}

/**
 * The resource with text that every store can hold: without NUL and halves of surrogate pairs, which a policy's JSON may
 * spell out. Taking them out first makes what is hashed, judged and looked up the same as what is stored.
 */
function storable(resource: Resource): Resource {
  const text = toJson(resource);
  return text.includes("\ufffd") || text.includes("\\ufffd") ? (JSON.parse(text) as Resource) : resource;
}

/** Decides what there is to say of a resource, given what is already held; an unchanged one is not evaluated again. */
export function observe(
  run: Pick<UnitRun, "checks" | "partial" | "asOf">,
  resource: Resource,
  known: Known | undefined,
): Observation {
  const hash = resourceHash(resource);
  const evaluatedWith = run.partial ? "partial" : catalogueVersion();
  const unchanged =
    known && known.evaluatedWith === catalogueVersion() && Buffer.compare(known.hash, hash) === 0;
  if (!unchanged) {
    const evaluation = evaluate(resource, run.checks.of(resource.kind), run.asOf);
    return { resource, hash, news: "changed", evaluation, evaluatedWith };
  }
  const timed = run.checks.timedOf(resource.kind);
  const evaluation = evaluate(resource, timed, run.asOf);
  // A failure is staged even when it isn't new: time may have added to its reason. The merge writes only what differs.
  const news =
    evaluation.failures.length > 0 ||
    timed.some((check) => known.verdicts[check.id] !== evaluation.verdicts[check.id]);
  if (!news) return { resource, hash, news: "same", evaluation: null, evaluatedWith };
  return { resource, hash, news: "verdicts", evaluation, evaluatedWith };
}

/** Groups a stream into arrays of at most `size`. When the stream breaks off, what it gave until then comes first. */
export async function* inBatches<T>(stream: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let failure: { cause: unknown } | null = null;
  try {
    for await (const item of stream) {
      batch.push(item);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (cause) {
    failure = { cause };
  }
  if (batch.length > 0) yield batch;
  if (failure) throw failure.cause;
}
