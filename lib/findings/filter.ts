import { z } from "zod";
import { findingSources, findingStates } from "#db/findings/schema.ts";
import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";

const some = <T extends z.ZodType>(one: T) => z.array(one).max(100).default([]);
const word = z.string().max(300);

/** States of what still has to be worked on; what a list shows when nothing else is asked for. */
export const openStates = ["new", "in_progress"] as const;

/**
 * Which findings are asked for: in a query, in a change of all that match, in the API. Within one list any value will do,
 * and every list must be met; an empty list asks for all.
 */
export const FindingFilterInput = z.strictObject({
  states: some(z.enum(findingStates)),
  severities: some(z.enum(severities)),
  clouds: some(z.enum(clouds)),
  accountIds: some(word),
  services: some(word),
  regions: some(word),
  checkIds: some(word),
  /** Ids of users; an empty string asks for what nobody is assigned to. */
  assigneeIds: some(z.union([word, z.literal("")])),
  /** Owner tags; an empty string asks for resources that name no owner. */
  owners: some(word),
  sources: some(z.enum(findingSources)),
  /** `overdue`: open, unsuppressed and past its date; `soon`: within the next 7 days; `any`: whatever its date. */
  due: z.enum(["any", "overdue", "soon"]).default("any"),
  resourceIds: some(word),
  /** Part of the check's title or id, or of the resource's name or id. */
  text: z.string().trim().max(200).default(""),
  /** Only what this scan changed, and how. */
  scan: z
    .strictObject({ id: word, change: z.enum(["opened", "resolved", "reopened"]) })
    .nullable()
    .default(null),
});
export type FindingFilter = z.output<typeof FindingFilterInput>;

/** A filter that asks for everything, with some of it changed. */
export const findingFilter = (changes: Partial<FindingFilter> = {}): FindingFilter => ({
  ...FindingFilterInput.parse({}),
  ...changes,
});
