import { ListFailed, Listing } from "./answers.ts";
import type { CallOptions, CollectContext, Reading } from "./collector.ts";
import type { Gap, GapCode, Kind, Resource } from "./model.ts";

/** A gap before the engine says which kind was being read. */
export type NewGap = Omit<Gap, "kind">;

export type CollectContextOptions<Clients> = {
  account: string;
  partition: string;
  region: string;
  clients: Clients;
  /** Ends the unit: whatever waits stops, and every call made with it is dropped. */
  signal: AbortSignal;
  onGap: (gap: NewGap) => void;
  /** What a provider's error means, or `null` for an error that no provider answered: a bug, which is thrown on. */
  classify: (error: unknown) => { code: GapCode; name: string; message: string } | null;
  /** Resources described at once; the calls themselves are limited elsewhere, per service. */
  concurrency?: number;
};

/** Makes the context for one collector over one unit. */
export function createCollectContext<Clients>(
  options: CollectContextOptions<Clients>,
): CollectContext<Clients> {
  const { account, partition, region, clients, signal, onGap, classify, concurrency = 16 } = options;

  async function read<T>(
    uid: string,
    operation: string,
    call: () => Promise<T>,
    { absent, gone }: CallOptions = {},
  ): Promise<Reading<T>> {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      const said = classify(error);
      if (said === null) throw error;
      if (absent?.includes(said.name)) return null;
      if (gone?.includes(said.name)) throw new ResourceGone(uid, { cause: error });
      onGap({ resourceUid: uid, operation, code: said.code, message: said.message });
      return undefined;
    }
  }

  async function* each<T, K extends Kind>(
    items: AsyncIterable<T> | Iterable<T>,
    describe: (item: T) => Promise<Resource<K> | null>,
  ): AsyncGenerator<Resource<K>> {
    const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    const handoff = new Handoff<Resource<K>>();
    let failure: { cause: unknown } | null = null;
    let exhausted = false;

    // A failed page or resource leaves the kind incomplete, but what others have read by then is kept; only a bug, or
    // the end of the source, keeps the workers from going on.
    const failed = (cause: unknown, goOn: boolean) => {
      failure ??= { cause };
      if (!goOn) exhausted = true;
    };
    const work = async () => {
      while (!exhausted && !handoff.left) {
        const next = await nextOf(source).catch((error: unknown) => failed(error, false));
        if (!next || next.done) {
          exhausted = true;
          return;
        }
        const resource = await describeUnlessGone(describe, next.value).catch((error: unknown) => {
          const isAnswer = classify(error) !== null;
          failed(
            isAnswer && items instanceof Listing ? new ListFailed(items.operation, error) : error,
            isAnswer,
          );
        });
        if (resource) await handoff.give(resource);
      }
    };

    const onAbort = () => handoff.interrupt(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    const workers = Promise.all(Array.from({ length: concurrency }, work)).then(() => handoff.end());
    try {
      for (;;) {
        const next = await handoff.take();
        if (next === null) break;
        yield next;
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      handoff.leave();
      // After an abort, calls under way may take their time to end; nobody waits for them.
      if (!signal.aborted) await workers.then(() => source.return?.());
    }
    throwIfFailed(failure);
  }

  return { account, partition, region, clients, signal, read, each };
}

/** The resource was deleted between being listed and being described. */
class ResourceGone extends Error {
  override readonly name = "ResourceGone";
}

const nextOf = async <T>(source: AsyncIterator<T> | Iterator<T>): Promise<IteratorResult<T>> => source.next();

function throwIfFailed(failure: { cause: unknown } | null): void {
  if (failure) throw failure.cause;
}

async function describeUnlessGone<T, R>(
  toResource: (item: T) => Promise<R | null>,
  item: T,
): Promise<R | null> {
  try {
    return await toResource(item);
  } catch (error) {
    if (error instanceof ResourceGone) return null;
    throw error;
  }
}

/** Passes values from several givers to one taker; a giver waits until its value is taken, so nothing piles up. */
class Handoff<T> {
  /** The taker will take no more. */
  left = false;
  #ended = false;
  #interruption: { cause: unknown } | null = null;
  #offers: { value: T; taken: () => void }[] = [];
  #wake: (() => void) | null = null;

  give(value: T): Promise<void> {
    if (this.left) return Promise.resolve();
    return new Promise((resolve) => {
      this.#offers.push({ value, taken: resolve });
      this.#wake?.();
    });
  }

  /** The next value, or `null` after the last. */
  async take(): Promise<T | null> {
    for (;;) {
      if (this.#interruption) throw this.#interruption.cause;
      const offer = this.#offers.shift();
      if (offer) {
        offer.taken();
        return offer.value;
      }
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  /** Nothing more will be given. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Makes `take` throw at once, whatever is still on offer. */
  interrupt(cause: unknown): void {
    this.#interruption = { cause };
    this.leave();
    this.#wake?.();
  }

  leave(): void {
    this.left = true;
    for (const offer of this.#offers.splice(0)) offer.taken();
  }
}
