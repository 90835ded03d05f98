import { z } from "zod";
import { workflows } from "#db/findings/schema.ts";
import { FindingFilterInput } from "./filter.ts";

const id = z.string().min(1).max(80);
const reason = z.string().trim().min(3, "Say why, in three characters or more.").max(2_000);

/** How long a finding may be muted, or its risk accepted, at most. */
export const longestExceptionDays = 366;

/** Findings named one by one; their changes are made at once. More are chosen by a filter. */
export const mostNamedFindings = 500;

/** What is done to each finding. Moments are ISO 8601 with an offset. */
export const FindingChangeInput = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("assign"), assigneeId: id.nullable() }),
  z.strictObject({ act: z.literal("workflow"), workflow: z.enum(workflows) }),
  /** Null gives it back the date that follows from the policy. */
  z.strictObject({ act: z.literal("due"), dueAt: z.iso.datetime({ offset: true }).nullable() }),
  z.strictObject({ act: z.literal("mute"), reason, until: z.iso.datetime({ offset: true }) }),
  z.strictObject({ act: z.literal("unmute") }),
  /** Asks a manager to accept the risk; the findings stay open until one does. */
  z.strictObject({ act: z.literal("ask_acceptance"), reason, until: z.iso.datetime({ offset: true }) }),
  /** Ends an acceptance before its time. */
  z.strictObject({ act: z.literal("revoke_acceptance") }),
]);
export type FindingChange = z.output<typeof FindingChangeInput>;

/**
 * Which findings are changed: named, with the revision that one was seen at when it is one, or all that match a filter
 * now, with how many the user was told they are.
 */
export const FindingTargetInput = z.union([
  z.strictObject({
    ids: z.array(id).min(1).max(mostNamedFindings),
    revision: z.number().int().positive().optional(),
  }),
  z.strictObject({ filter: FindingFilterInput, expected: z.number().int().nonnegative() }),
]);

export const ChangeFindingsInput = z.strictObject({ target: FindingTargetInput, change: FindingChangeInput });

/** What came of it. With `status` `waiting` a job does the rest, and tells of its progress. */
export type ChangeResult = {
  changeId: string;
  status: "waiting" | "running" | "done" | "failed";
  matched: number;
  changed: number;
  skipped: number;
};
