import { asc, desc, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { findings } from "./schema.ts";

export const findingSorts = ["severity", "newest", "oldest", "due"] as const;
export type FindingSort = (typeof findingSorts)[number];

const exactMoment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** Where a finding stands in every order: severity, when it opened and is due (to the microsecond), id. */
const position = z.object({
  severity: z.enum(severities),
  openedAt: exactMoment,
  dueAt: exactMoment.nullable(),
  id: z.string().regex(/^[\w-]{1,80}$/),
});
export type Position = z.output<typeof position>;

const exact = (column: typeof findings.openedAt | typeof findings.dueAt) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of a position; JavaScript dates would lose the microseconds, and rows with them. */
export const positionColumns = {
  id: findings.id,
  severity: findings.severity,
  openedAt: exact(findings.openedAt) as SQL<string>,
  dueAt: exact(findings.dueAt) as SQL<string | null>,
};

export const encodeCursor = ({ severity, openedAt, dueAt, id }: Position): string =>
  [severity, openedAt, dueAt ?? "", id].join("~");

/** The position, or null for what was never a cursor. */
export function decodeCursor(cursor: string): Position | null {
  const [severity, openedAt, dueAt, id] = cursor.split("~");
  const parsed = position.safeParse({ severity, openedAt, dueAt: dueAt || null, id });
  return parsed.success ? parsed.data : null;
}

/** ORDER BY of a sort. What has no date comes last. */
export function orderOf(sort: FindingSort): SQL[] {
  const { severity, openedAt, dueAt, id } = findings;
  switch (sort) {
    case "severity":
      return [desc(severity), desc(openedAt), desc(id)];
    case "newest":
      return [desc(openedAt), desc(id)];
    case "oldest":
      return [asc(openedAt), asc(id)];
    case "due":
      return [asc(dueAt), asc(id)];
  }
}

/** The findings after a position in a sort, as comparisons of rows that an index can answer. */
export function beyond(sort: FindingSort, at: Position): SQL {
  const { severity, openedAt, dueAt, id } = findings;
  switch (sort) {
    case "severity":
      return sql`(${severity}, ${openedAt}, ${id}) < (${at.severity}::severity, ${at.openedAt}::timestamptz, ${at.id})`;
    case "newest":
      return sql`(${openedAt}, ${id}) < (${at.openedAt}::timestamptz, ${at.id})`;
    case "oldest":
      return sql`(${openedAt}, ${id}) > (${at.openedAt}::timestamptz, ${at.id})`;
    case "due":
      return at.dueAt === null
        ? sql`${dueAt} is null and ${id} > ${at.id}`
        : sql`((${dueAt}, ${id}) > (${at.dueAt}::timestamptz, ${at.id}) or ${dueAt} is null)`;
  }
}
