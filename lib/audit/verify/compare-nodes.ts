import type postgres from "postgres";
import type { SubtreeRoot } from "./subtree-roots.ts";

/** Which of these nodes are missing from audit_nodes, or are others there. */
export async function compareNodes(
  sql: postgres.Sql,
  nodes: readonly SubtreeRoot[],
): Promise<{ level: number; index: number; missing: boolean }[]> {
  const bad: { level: number; index: number; missing: boolean }[] = [];
  for (let start = 0; start < nodes.length; start += 5_000) {
    const some = nodes.slice(start, start + 5_000);
    const stored = await sql<{ level: number; index: string; hash: Buffer }[]>`
      select level, index, hash from audit_nodes where (level, index) in (
        select * from unnest(${some.map(({ level }) => level)}::smallint[], ${some.map(({ index }) => index)}::bigint[]))`;
    const found = new Map(stored.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
    for (const { level, index, hash } of some) {
      const is = found.get(`${level}/${index}`);
      if (!is?.equals(hash)) bad.push({ level, index, missing: is === undefined });
    }
  }
  return bad;
}
