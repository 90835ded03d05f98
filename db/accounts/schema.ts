import { index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, moment } from "../columns.ts";
import { organisationRef } from "../identity/schema.ts";

export const clouds = ["aws", "azure", "gcp"] as const;
export const accountLevels = ["account", "directory"] as const;

/** A connected cloud account: an AWS account, an Azure subscription, a Microsoft Entra tenant or a Google Cloud project. */
export const accounts = pgTable(
  "accounts",
  {
    id: id("acc"),
    organisationId: organisationRef(),
    cloud: text({ enum: clouds }).notNull(),
    /** A Microsoft Entra tenant is a directory: what it holds belongs to no subscription. Everything else is an account. */
    level: text({ enum: accountLevels }).notNull().default("account"),
    /** The provider's own id: 12 digits, a subscription or tenant id, a project id. */
    externalId: text().notNull(),
    name: text().notNull(),
    environment: text(),
    /** How it is reached; validated by the cloud's connection schema, without secrets. */
    connection: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Regions to scan; null means every region that is enabled. */
    regions: jsonb().$type<string[]>(),
    /** Cron expression (five fields) of the scheduled scan; null for none. */
    schedule: text(),
    scheduleTimeZone: text().notNull().default("UTC"),
    disabledAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("accounts_external").on(t.organisationId, t.cloud, t.externalId),
    index("accounts_organisation").on(t.organisationId, t.name),
  ],
);

/** For rows that belong to an account. */
export const accountRef = () =>
  text()
    .notNull()
    .references(() => accounts.id);
