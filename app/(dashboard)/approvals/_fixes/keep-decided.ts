/** What waits, with those decided on just now kept in the places that they had, so that nothing jumps under the thumb. */
export function keepDecided<P extends { id: string }, D extends string>(
  waiting: readonly P[],
  decided: ReadonlyMap<string, { plan: P; decision: D; at: number }>,
): { plan: P; decision: D | null }[] {
  const rows: { plan: P; decision: D | null }[] = waiting
    .filter(({ id }) => !decided.has(id))
    .map((plan) => ({ plan, decision: null }));
  for (const { plan, decision, at } of [...decided.values()].sort((a, b) => a.at - b.at)) {
    rows.splice(at, 0, { plan, decision });
  }
  return rows;
}
