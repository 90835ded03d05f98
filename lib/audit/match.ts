import { and, inArray, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEntries, auditResults } from "#db/audit/schema.ts";

const action = z
  .string()
  .trim()
  .max(100)
  .regex(/^[\w-]+(\.[\w-]+)*(\.\*)?$/, "An action such as scan.start, or scan.* for all of a thing.");
const objectKind = z
  .string()
  .trim()
  .regex(/^[\w-]{1,60}$/, "A kind of object, such as user.");
const actor = z.string().trim().min(1).max(80);

/**
 * Which entries concern a stream or a rule. Within one list any value will do, and every list must be met; an empty list
 * asks for all.
 */
export const EntryMatch = z.strictObject({
  actions: z.array(action).max(50).default([]),
  objectKinds: z.array(objectKind).max(50).default([]),
  /** Users' ids, or names of parts of the system. */
  actors: z.array(actor).max(50).default([]),
  results: z.array(z.enum(auditResults)).max(3).default([]),
});
export type EntryMatch = z.output<typeof EntryMatch>;

/** The condition on `audit_entries` that a match stands for; undefined for all. */
export function whereMatches(match: EntryMatch): SQL | undefined {
  const { actions, objectKinds, actors, results } = match;
  const exact = actions.filter((each) => !each.endsWith(".*"));
  const begun = actions.filter((each) => each.endsWith(".*")).map((each) => each.slice(0, -1));
  return and(
    actions.length === 0
      ? undefined
      : or(
          exact.length > 0 ? inArray(auditEntries.action, exact) : undefined,
          ...begun.map((each) => sql`starts_with(${auditEntries.action}, ${each})`),
        ),
    objectKinds.length > 0 ? inArray(auditEntries.objectKind, objectKinds) : undefined,
    actors.length > 0 ? inArray(auditEntries.actorId, actors) : undefined,
    results.length > 0 ? inArray(auditEntries.result, results) : undefined,
  );
}
