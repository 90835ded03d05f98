import { z } from "zod";
import { Moment } from "./common.ts";

export const AuditArchive = z
  .object({
    id: z.string(),
    month: z.string().nullable().describe("The first day of its month; null for a copy made by hand."),
    part: z.int(),
    file: z.string(),
    sha256: z.string(),
    size: z.int().describe("Bytes, packed."),
    entries: z.int(),
    first: z.int().describe("The lowest position in it."),
    last: z.int().describe("The highest position in it."),
    from: Moment,
    to: Moment,
    createdAt: Moment,
    createdBy: z.string().nullable().describe("Who asked for it; null for the daily run."),
    droppedAt: Moment.nullable().describe(
      "When the database let go of its entries; null while they are in both.",
    ),
  })
  .meta({ id: "AuditArchive" });

export const AuditArchiveList = z.object({
  data: z.array(AuditArchive).describe("The newest first, 500 at most."),
  total: z.object({
    files: z.int(),
    entries: z.int(),
    bytes: z.int(),
    newest: Moment.nullable(),
  }),
});
