/**
 * Lists what lies below each of many parents, several lists at a time, in the parents' order. When one can't be listed,
 * the others still are; the first failure is thrown after them.
 */
export async function* listedBelow<P, T>(
  parents: AsyncIterable<P>,
  list: (parent: P) => Promise<readonly T[]>,
  concurrency = 8,
): AsyncGenerator<T> {
  const source = parents[Symbol.asyncIterator]();
  const underWay: Promise<{ items: readonly T[] } | { cause: unknown }>[] = [];
  let failure: { cause: unknown } | null = null;
  let ended = false;
  const fill = async () => {
    while (!ended && underWay.length < concurrency) {
      const next = await source.next().catch((cause: unknown) => {
        failure ??= { cause };
        return null;
      });
      if (!next || next.done) {
        ended = true;
        return;
      }
      underWay.push(
        list(next.value).then(
          (items) => ({ items }),
          (cause: unknown) => ({ cause }),
        ),
      );
    }
  };
  try {
    for (;;) {
      await fill();
      const first = await underWay.shift();
      if (!first) break;
      if ("cause" in first) failure ??= first;
      else yield* first.items;
    }
  } finally {
    await source.return?.();
  }
  throwIfFailed(failure);
}

function throwIfFailed(failure: { cause: unknown } | null): void {
  if (failure) throw failure.cause;
}
