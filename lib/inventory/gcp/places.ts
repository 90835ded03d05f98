/** Places listed at once; the calls themselves are limited elsewhere, per service. */
const concurrency = 8;

/**
 * Lists something in each of many places (regions, key rings), some at a time, and yields it in the places' order. A
 * place that fails doesn't keep the others from being read: its error is thrown after them.
 */
export async function* inEach<P, T>(
  places: AsyncIterable<P> | Iterable<P>,
  list: (place: P) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const ahead: Promise<Outcome<T>>[] = [];
  let failure: { cause: unknown } | null = null;
  const take = async function* (most: number) {
    while (ahead.length > most) {
      const outcome = await ahead.shift();
      if (!outcome) return;
      failure ??= outcome.failure;
      yield* outcome.items;
    }
  };
  try {
    for await (const place of places) {
      ahead.push(gather(list(place)));
      yield* take(concurrency - 1);
    }
  } catch (cause) {
    // Those that were listed before the places themselves ran out are kept.
    failure ??= { cause };
  }
  yield* take(0);
  throwIfFailed(failure);
}

type Outcome<T> = { items: T[]; failure: { cause: unknown } | null };

async function gather<T>(list: AsyncIterable<T>): Promise<Outcome<T>> {
  const items: T[] = [];
  try {
    for await (const item of list) items.push(item);
    return { items, failure: null };
  } catch (cause) {
    return { items, failure: { cause } };
  }
}

function throwIfFailed(failure: { cause: unknown } | null): void {
  if (failure) throw failure.cause;
}
