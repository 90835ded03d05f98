/** `perform` of every item, `places` at a time, in the items' order. The first failure ends it. */
export async function inParallel<T, R>(
  items: readonly T[],
  places: number,
  perform: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await perform(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(places, items.length) }, work));
  return results;
}
