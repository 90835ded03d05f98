import { z } from "zod";
import { scanStatuses, unitStatuses } from "#db/scans/schema.ts";
import { gapCodes } from "../../inventory/model.ts";
import { Moment, pageOf } from "./common.ts";

const words = z.array(z.string());

export const Scan = z
  .object({
    id: z.string(),
    trigger: z.enum(["manual", "connect", "schedule", "fix"]),
    requestedBy: z.string().nullable(),
    scope: z
      .object({ accountIds: words, regions: words, services: words, checks: words })
      .describe("What it was asked to cover; an empty list means everything."),
    status: z.enum(scanStatuses),
    createdAt: Moment,
    finishedAt: Moment.nullable(),
    error: z.string().nullable(),
    units: z
      .object(Object.fromEntries(unitStatuses.map((status) => [status, z.int()])) as UnitShape)
      .describe("Pieces of work by how they stand."),
    accounts: z.array(z.string()).describe("Names of the accounts that it covers."),
    resources: z.int(),
    changed: z.int().describe("Resources that are not as they were."),
    opened: z.int(),
    resolved: z.int(),
    reopened: z.int(),
    gaps: z.int(),
    calls: z.int(),
    throttles: z.int(),
  })
  .meta({ id: "Scan" });
type UnitShape = Record<(typeof unitStatuses)[number], z.ZodInt>;

export const ScanPage = pageOf(Scan);

export const Gap = z
  .object({
    code: z.enum(gapCodes),
    operation: z.string(),
    account: z.string(),
    service: z.string(),
    regions: z.array(z.string()),
    count: z.int(),
    resources: z.int().describe("Resources that were seen and whose facts are incomplete."),
    wholeList: z.boolean().describe("Whether a whole list could not be read."),
    message: z.string(),
  })
  .meta({ id: "Gap" });
