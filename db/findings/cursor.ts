import { z } from "zod";
import { severities } from "#lib/checks/model.ts";

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

export const encodeCursor = ({ severity, openedAt, dueAt, id }: Position): string =>
  [severity, openedAt, dueAt ?? "", id].join("~");

/** The position, or null for what was never a cursor. */
export function decodeCursor(cursor: string): Position | null {
  const [severity, openedAt, dueAt, id] = cursor.split("~");
  const parsed = position.safeParse({ severity, openedAt, dueAt: dueAt || null, id });
  return parsed.success ? parsed.data : null;
}
