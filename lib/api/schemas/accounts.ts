import { z } from "zod";
import { accountLevels, memberStates } from "#db/accounts/schema.ts";
import { scanStatuses } from "#db/scans/schema.ts";
import { clouds } from "#lib/inventory/model.ts";
import { Moment, SeverityCounts } from "./common.ts";

const Permissions = z.array(z.object({ service: z.string(), permissions: z.array(z.string()) }));

export const ConnectionTest = z
  .object({
    at: Moment,
    reached: z
      .object({ identity: z.string(), externalId: z.string(), accountName: z.string().nullable() })
      .nullable()
      .describe("Who answered; null when nobody did."),
    error: z.string().nullable().describe("In plain words, why nothing was reached or judged."),
    method: z.enum(["exact", "tried"]).nullable(),
    missing: Permissions.describe("The permissions that are lacking, by service."),
    untold: Permissions.describe("Those of which the test can't tell."),
  })
  .meta({ id: "ConnectionTest" });

export const Account = z
  .object({
    id: z.string(),
    cloud: z.enum(clouds),
    level: z.enum(accountLevels).describe("A `directory` is a Microsoft Entra tenant."),
    externalId: z.string(),
    name: z.string(),
    environment: z.string().nullable(),
    sandbox: z.boolean(),
    connectionType: z.string(),
    hasWriteIdentity: z.boolean(),
    regions: z.array(z.string()).nullable().describe("Null for every region."),
    schedule: z.string().nullable().describe("Cron expression of five fields; null for only when asked."),
    scheduleTimeZone: z.string(),
    createdAt: Moment,
    disabledAt: Moment.nullable(),
    revision: z.int(),
    source: z.object({ id: z.string(), name: z.string() }).nullable(),
    membership: z.object({ state: z.enum(memberStates), since: Moment }).nullable(),
    lastScan: z
      .object({
        id: z.string(),
        status: z.enum(scanStatuses),
        startedAt: Moment,
        finishedAt: Moment.nullable(),
        gaps: z.int(),
        unreachable: z.string().nullable(),
      })
      .nullable(),
    unreadKinds: z.int(),
    findings: SeverityCounts.describe("Its open findings."),
    readTest: ConnectionTest.nullable(),
    writeTest: ConnectionTest.nullable(),
    deletion: z.object({ requestedAt: Moment, total: z.int(), deleted: z.int() }).nullable(),
    health: z.enum(["deleting", "disabled", "unreachable", "gaps", "unscanned", "good"]),
  })
  .meta({ id: "Account" });

const Secret = z.object({
  name: z.string(),
  keyId: z.string(),
  createdAt: Moment,
  rotatedAt: Moment.nullable(),
});
const Connection = z.record(z.string(), z.unknown());

export const AccountDetail = Account.extend({
  connection: Connection.describe("How it is reached, without secrets."),
  writeConnection: Connection.nullable().describe("How fixes are made; null when it can only be read."),
  secrets: z
    .object({ read: z.array(Secret), write: z.array(Secret) })
    .describe("Names of the stored secrets. Their values are never answered."),
  resources: z.array(z.object({ service: z.string(), resources: z.int() })),
}).meta({ id: "AccountDetail" });

export const AccountPage = z.object({ data: z.array(Account), next: z.string().nullable() });
