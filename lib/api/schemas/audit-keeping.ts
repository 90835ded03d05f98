import { z } from "zod";
import { Moment } from "./common.ts";

export const AuditPolicy = z
  .object({
    retentionDays: z.int().describe("Days that an entry is kept in the database."),
    categoryDays: z
      .record(z.string(), z.int())
      .describe("Longer, by category: what stands before the dot of an action."),
    archiveMb: z.int().describe("Megabytes that an archive file may have, packed."),
    revision: z.int(),
  })
  .meta({ id: "AuditPolicy" });

export const AuditHold = z
  .object({
    ...{ id: z.string(), name: z.string(), reason: z.string() },
    from: Moment.nullable().describe("What it covers, by when it happened; null is without end."),
    to: Moment.nullable(),
    placedBy: z.string().describe("A name."),
    placedAt: Moment,
    lifted: z.object({ by: z.string(), at: Moment }).nullable().describe("Null while it is in force."),
  })
  .meta({ id: "AuditHold" });
