import { asc, desc, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { findings } from "./schema.ts";

export const findingSorts = ["severity", "newest", "oldest"] as const;
export type FindingSort = (typeof findingSorts)[number];

/** Where a row stands in every order: its severity, when it opened (to the microsecond), its id. */
const position = z.object({
  severity: z.enum(severities),
  openedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  id: z.string().max(80),
});
export type Position = z.output<typeof position>;

/** The column behind `openedAt` of a position; a JavaScript date would lose the microseconds, and rows with them. */
export const exactOpenedAt = sql<string>`to_char(${findings.openedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

export const encodeCursor = ({ severity, openedAt, id }: Position): string => `${severity}~${openedAt}~${id}`;

/** The position, or null for what was never a cursor. */
export function decodeCursor(cursor: string): Position | null {
  const [severity, openedAt, id] = cursor.split("~");
  const parsed = position.safeParse({ severity, openedAt, id });
  return parsed.success ? parsed.data : null;
}

/** ORDER BY of a sort; `backwards` for the page before a cursor, whose rows are turned round afterwards. */
export function orderOf(sort: FindingSort, backwards = false): SQL[] {
  const keys =
    sort === "severity"
      ? [findings.severity, findings.openedAt, findings.id]
      : [findings.openedAt, findings.id];
  const rising = (sort === "oldest") !== backwards;
  return keys.map((key) => (rising ? asc(key) : desc(key)));
}

/** The rows that come after (or before) a position in a sort, as one comparison of rows that an index can answer. */
export function beyond(sort: FindingSort, side: "after" | "before", at: Position): SQL {
  const mark = sql.raw((sort === "oldest") === (side === "after") ? ">" : "<");
  return sort === "severity"
    ? sql`(${findings.severity}, ${findings.openedAt}, ${findings.id}) ${mark} (${at.severity}::severity, ${at.openedAt}::timestamptz, ${at.id})`
    : sql`(${findings.openedAt}, ${findings.id}) ${mark} (${at.openedAt}::timestamptz, ${at.id})`;
}
