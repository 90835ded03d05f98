import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { clouds } from "#lib/inventory/model.ts";
import { bytes, id, moment } from "../columns.ts";
import { organisationRef, users } from "../identity/schema.ts";

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
    /** The identity that fixes are made with, where it differs from the one that reads; null for none. */
    writeConnection: jsonb().$type<Record<string, unknown>>(),
    /** The organisation it was discovered in, which says how it is reached; null for one that stands by itself. */
    sourceId: text().references((): AnyPgColumn => accountSources.id),
    /** What the last test of each identity found; null before the first, and after a change of the connection. */
    readTest: jsonb().$type<ConnectionTest>(),
    writeTest: jsonb().$type<ConnectionTest>(),
    /** Grows with every change, so that an edit of what meanwhile changed is noticed. */
    revision: integer().notNull().default(1),
    /** True for an account of the sandbox cloud, which nobody owns. */
    sandbox: boolean().notNull().default(false),
    /** Set while it is not scanned; what was found in it stays. */
    disabledAt: moment(),
    /** Set once its deletion began, which ends with the row. */
    deletion: jsonb().$type<DeletionProgress>(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("accounts_external").on(t.organisationId, t.cloud, t.externalId),
    index("accounts_organisation").on(t.organisationId, t.name),
    index("accounts_source").on(t.sourceId),
  ],
);

/** What a test of an identity found. */
export type ConnectionTest = {
  /** ISO 8601. */
  at: string;
  /** Who answered; null when nobody did. */
  reached: {
    /** An ARN, a service principal's or user's id, a service account's e-mail. */
    identity: string;
    /** The provider's id of the account. */
    externalId: string;
    accountName: string | null;
  } | null;
  /** In plain words, why nothing was reached or judged; null when all went well. */
  error: string | null;
  /** `exact`: the provider said of each permission whether it is held. `tried`: each list was called once. */
  method: "exact" | "tried" | null;
  /** The permissions that are lacking, by service. */
  missing: { service: string; permissions: string[] }[];
  /** Those of which the test can't tell, by service, such as for want of a resource to try them on. */
  untold: { service: string; permissions: string[] }[];
};

/** Rows of the account's inventory, findings and history: those there were, and those gone by now. */
export type DeletionProgress = { requestedAt: string; total: number; deleted: number };

/**
 * An organisation whose member accounts are discovered: AWS Organizations, or what an Azure or Google Cloud identity can
 * see. It says how members are reached, too.
 */
export const accountSources = pgTable(
  "account_sources",
  {
    id: id("src"),
    organisationId: organisationRef(),
    cloud: text({ enum: clouds }).notNull(),
    name: text().notNull(),
    /** How the organisation itself is asked; validated by the cloud's connection schema, without secrets. */
    connection: jsonb().$type<Record<string, unknown>>().notNull(),
    /** How members are reached; validated by `MemberTemplate`. */
    template: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The account that the credentials themselves reach, as the last look found it; null when there is none. */
    ownExternalId: text(),
    /** Whether a member that appears is connected without being asked for. */
    autoConnect: boolean().notNull().default(false),
    /** What members that connect by themselves are given. */
    environment: text(),
    scanSchedule: text(),
    /** Cron expression (five fields) of looking for members; null for only when asked. */
    schedule: text(),
    scheduleTimeZone: text().notNull().default("UTC"),
    lastSync: jsonb().$type<SourceSync>(),
    revision: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [uniqueIndex("account_sources_name").on(t.organisationId, t.name)],
);

/** What the last look for members found, or why it could not look. */
export type SourceSync = {
  /** ISO 8601. When it began to look. */
  at: string;
  error: string | null;
  members: number;
  appeared: number;
  connected: number;
  suspended: number;
  gone: number;
};

export const memberStates = ["active", "suspended", "gone"] as const;

/** The accounts of a source, for ever: one that is gone is marked and kept. */
export const accountSourceMembers = pgTable(
  "account_source_members",
  {
    organisationId: organisationRef(),
    sourceId: text()
      .notNull()
      .references(() => accountSources.id),
    /** The provider's id, as in `accounts.externalId`. */
    externalId: text().notNull(),
    level: text({ enum: accountLevels }).notNull().default("account"),
    name: text().notNull(),
    state: text({ enum: memberStates }).notNull(),
    stateSince: moment().notNull(),
    firstSeenAt: moment().notNull(),
    seenAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sourceId, t.externalId] }),
    index("account_source_members_external").on(t.organisationId, t.externalId),
  ],
);

export const identities = ["read", "write"] as const;
export type Identity = (typeof identities)[number];

/** Secrets of an account's or a source's connection, sealed: never in clear outside the process that uses them. */
export const accountSecrets = pgTable(
  "account_secrets",
  {
    id: id("sec"),
    organisationId: organisationRef(),
    accountId: text().references(() => accounts.id),
    sourceId: text().references(() => accountSources.id),
    identity: text({ enum: identities }).notNull(),
    /** Which secret, such as `clientSecret`. */
    name: text().notNull(),
    /** The key that sealed it, by its id in PARAPET_SECRET_KEYS. */
    keyId: text().notNull(),
    /** Nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes). */
    sealed: bytes().notNull(),
    createdAt: moment().notNull().defaultNow(),
    /** When it was last sealed anew under another key. */
    rotatedAt: moment(),
  },
  (t) => [
    check("account_secrets_owner", sql`num_nonnulls(${t.accountId}, ${t.sourceId}) = 1`),
    uniqueIndex("account_secrets_account")
      .on(t.accountId, t.identity, t.name)
      .where(sql`${t.accountId} is not null`),
    uniqueIndex("account_secrets_source")
      .on(t.sourceId, t.identity, t.name)
      .where(sql`${t.sourceId} is not null`),
    index("account_secrets_key").on(t.keyId, t.id),
  ],
);

/** For rows that belong to an account. */
export const accountRef = () =>
  text()
    .notNull()
    .references(() => accounts.id);

/** The accounts visible to who doesn't see all of them. */
export const userAccounts = pgTable(
  "user_accounts",
  {
    organisationId: organisationRef(),
    userId: text()
      .notNull()
      .references(() => users.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.userId, t.accountId] }), index("user_accounts_account").on(t.accountId)],
);
