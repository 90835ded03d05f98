import { z } from "zod";
import { severities } from "#lib/checks/model.ts";

const id = z.string().max(80);
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** Where a page ended, in the order it was in. Moments are exact to the microsecond. */
const position = z.union([
  z.strictObject({ by: z.literal("name"), name: z.string().max(400), id }),
  z.strictObject({ by: z.literal("changed"), changedAt: moment, id }),
  z.strictObject({ by: z.literal("findings"), severity: z.enum(severities), openedAt: moment, id }),
]);
export type Position = z.output<typeof position>;

export const encodeCursor = (at: Position): string => Buffer.from(JSON.stringify(at)).toString("base64url");

/** The position, or null for what was never a cursor. */
export function decodeCursor(cursor: string | undefined): Position | null {
  if (!cursor || cursor.length > 2_000) return null;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    // Whatever it is, it is not one of ours: the list begins anew, as it does for a cursor of another sort.
    return null;
  }
}
