import { z } from "zod";

/** What the queue shows lives in the address; a value that makes no sense there is read as if it were absent. */
const approvalsSearch = z.object({
  show: z.enum(["asked", "own", "decided"]).catch("asked"),
  /** One request, which a notification or a finding leads to. */
  exception: z.string().min(1).max(80).optional().catch(undefined),
  /** One fix, likewise. */
  plan: z.string().min(1).max(80).optional().catch(undefined),
  after: z.string().min(1).max(200).optional().catch(undefined),
});
export type ApprovalsSearch = z.output<typeof approvalsSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseApprovalsSearch = (raw: RawSearch): ApprovalsSearch =>
  approvalsSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );
