import { z } from "zod";
import { importFormats, importStatuses } from "#db/imports/schema.ts";
import { Moment, Person, pageOf } from "./common.ts";

export const Import = z
  .object({
    id: z.string(),
    format: z.enum(importFormats),
    fileName: z.string(),
    status: z.enum(importStatuses),
    tool: z.string().nullable().describe("Who made the report, as it says itself."),
    account: z.object({ id: z.string(), name: z.string(), externalId: z.string() }).nullable(),
    requestedBy: Person.nullable(),
    bytes: z.int(),
    bytesRead: z.int(),
    counts: z.object({
      rows: z.int(),
      created: z.int(),
      updated: z.int(),
      resolved: z.int(),
      unchanged: z.int(),
      duplicates: z.int().describe("Rows about what Parapet judges itself."),
      contradicted: z.int(),
      rejected: z.int(),
    }),
    error: z.string().nullable(),
    createdAt: Moment,
    finishedAt: Moment.nullable(),
  })
  .meta({ id: "Import" });

export const ImportPage = pageOf(Import);

export const Rejection = z
  .object({ row: z.int(), subject: z.string(), reason: z.string() })
  .meta({ id: "Rejection" });

export const ReceivedImport = z.object({
  importId: z.string(),
  format: z.enum(importFormats),
  bytes: z.int().describe("Of the report, unpacked."),
});
