import type postgres from "postgres";
import type { Shared } from "./part.ts";
import type { Problem } from "./problem.ts";

/** Copies told of, at most. */
const most = 100;

/** Entries that were sealed more than once: an entry names itself, so one that is there twice was copied. */
export async function findCopies(
  sql: postgres.Sql,
  { fingerprints }: Shared,
  span: { from: number; to: number },
): Promise<Problem[]> {
  if (fingerprints.byteLength === 0) return span.to > span.from ? askDatabase(sql) : [];
  const sorted = new Float64Array(fingerprints).slice().sort();
  const doubles = new Set<number>();
  for (let index = 1; index < sorted.length; index += 1) {
    const value = sorted[index] ?? 0;
    if (value !== 0 && value === sorted[index - 1]) doubles.add(value);
  }
  if (doubles.size === 0) return [];
  const places = new Map<number, number[]>();
  for (const [index, value] of new Float64Array(fingerprints).entries()) {
    if (doubles.has(value)) places.set(value, [...(places.get(value) ?? []), span.from + index]);
  }
  const positions = [...places.values()].flat();
  const rows = await sql<{ position: string; leaf: string }[]>`
    select position, encode(substring(leaves from ((position - first) * 32 + 1)::int for 32), 'hex') as leaf
    from unnest(${positions}::bigint[]) position
    join audit_batches on first <= position and position < first + size`;
  const firsts = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { position: text, leaf } of rows.sort((a, b) => Number(a.position) - Number(b.position))) {
    const position = Number(text);
    const original = firsts.get(leaf);
    if (original === undefined) firsts.set(leaf, position);
    else if (problems.length < most) {
      const detail = `A copy of the entry at position ${original} was put into the trail.`;
      problems.push({ kind: "inserted", position, detail });
    }
  }
  return problems;
}

async function askDatabase(sql: postgres.Sql): Promise<Problem[]> {
  const rows = await sql<{ entryId: string; count: number }[]>`
    select entry_id as "entryId", count(*)::int as count from audit_entries group by 1 having count(*) > 1 limit ${most}`;
  return rows.map(({ entryId, count }) => ({
    ...{ kind: "inserted", entryId },
    detail: `The entry is there ${count} times: it was copied.`,
  }));
}
