import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { VerdictStatus } from "#lib/checks/model.ts";
import { accountRef } from "../accounts/schema.ts";
import { bytes, id, moment } from "../columns.ts";
import { organisationRef } from "../identity/schema.ts";

/** Sorted alike in every database, whatever its language. */
const bytewise = (column: SQLWrapper): SQL => sql`${column} collate "C"`;

/** The inventory: the newest snapshot of every resource. A row is written only when the resource or a verdict changed. */
export const resources = pgTable(
  "resources",
  {
    id: id("res"),
    organisationId: organisationRef(),
    accountId: accountRef(),
    service: text().notNull(),
    /** Where it is: the provider's region or location, or `global`. */
    region: text().notNull(),
    /** The region of the unit that reads it: `global` for what the provider lists for all regions at once. */
    unitRegion: text().notNull(),
    kind: text().notNull(),
    /** The provider's own full id. */
    uid: text().notNull(),
    name: text().notNull(),
    tags: jsonb().$type<Record<string, string>>().notNull(),
    config: jsonb().$type<Record<string, unknown>>().notNull(),
    unread: jsonb().$type<string[]>().notNull(),
    /** SHA-256 of region, name, tags, config and unread in canonical form. */
    hash: bytes().notNull(),
    /** Check id → its present verdict. */
    verdicts: jsonb().$type<Record<string, VerdictStatus>>().notNull(),
    /** The catalogue version that gave the verdicts. */
    evaluatedWith: text().notNull(),
    firstSeenAt: moment().notNull().defaultNow(),
    changedAt: moment().notNull().defaultNow(),
    deletedAt: moment(),
    /** Who owns it, by its tags; empty when they don't say. */
    owner: text()
      .notNull()
      .generatedAlwaysAs(
        sql`left(coalesce(tags ->> 'owner', tags ->> 'Owner', tags ->> 'team', tags ->> 'Team', ''), 200)`,
      ),
    /** What resources are sorted by when by name: no longer than an index takes. */
    sortName: text().notNull().generatedAlwaysAs(sql`left(lower(name), 200)`),
    /** What other resources may call it: its id and the shorter forms of it, in lower case. */
    aliases: text().array().notNull().generatedAlwaysAs(sql`resource_aliases(uid, kind, config)`),
    /**
     * What its configuration names, in the forms of `aliases`. Kept by the database rather than as rows of a table of
     * links: it follows every write by itself, goes with the resource, and an unchanged resource costs nothing.
     */
    mentions: text().array().notNull().generatedAlwaysAs(sql`resource_mentions(uid, kind, config)`),
  },
  (t) => [
    uniqueIndex("resources_uid").on(t.accountId, t.uid),
    index("resources_unit").on(t.accountId, t.service, t.unitRegion, t.kind),
    index("resources_kind").on(t.organisationId, t.kind, t.id),
    // In the database these two also hold what facets narrow by, which the migration adds by hand.
    index("resources_name").on(t.organisationId, bytewise(t.sortName), t.id),
    index("resources_changed").on(t.organisationId, t.changedAt, t.id),
    index("resources_owner").on(t.organisationId, t.owner, t.id),
    index("resources_gone").on(t.organisationId, t.deletedAt, t.id).where(sql`${t.deletedAt} is not null`),
    index("resources_tags").using("gin", t.tags),
    index("resources_text").using("gin", t.name.op("gin_trgm_ops"), t.uid.op("gin_trgm_ops")),
    index("resources_aliases").using("gin", t.aliases),
    index("resources_mentions").using("gin", t.mentions),
  ],
);

/** What a resource was before a scan found it changed: the newest are kept, so that drift can be read. */
export const resourceVersions = pgTable(
  "resource_versions",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    organisationId: organisationRef(),
    resourceId: text()
      .notNull()
      .references(() => resources.id, { onDelete: "cascade" }),
    /** The scan that found it otherwise, and when. */
    scanId: text().notNull(),
    replacedAt: moment().notNull(),
    region: text().notNull(),
    name: text().notNull(),
    tags: jsonb().$type<Record<string, string>>().notNull(),
    config: jsonb().$type<Record<string, unknown>>().notNull(),
    unread: jsonb().$type<string[]>().notNull(),
    /** Set when it had been gone, and is back. */
    deletedAt: moment(),
  },
  (t) => [index("resource_versions_resource").on(t.resourceId, t.id.desc())],
);

/** How many resources of each kind, region and owner a unit has at present; the inventory is counted by it. */
export const resourceCounters = pgTable(
  "resource_counters",
  {
    organisationId: organisationRef(),
    accountId: accountRef(),
    service: text().notNull(),
    /** The region of the unit. */
    unitRegion: text().notNull(),
    kind: text().notNull(),
    /** The resources' own region. */
    region: text().notNull(),
    owner: text().notNull(),
    resources: integer().notNull(),
  },
  (t) => [
    primaryKey({
      name: "resource_counters_identity",
      columns: [t.accountId, t.service, t.unitRegion, t.kind, t.region, t.owner],
    }),
    index("resource_counters_list").on(t.organisationId, t.accountId),
  ],
);

/** How many resources of a unit have each verdict; passes are kept only here. */
export const checkCounters = pgTable(
  "check_counters",
  {
    organisationId: organisationRef(),
    accountId: accountRef(),
    service: text().notNull(),
    /** The region of the unit. */
    region: text().notNull(),
    checkId: text().notNull(),
    pass: integer().notNull().default(0),
    fail: integer().notNull().default(0),
    unknown: integer().notNull().default(0),
    manual: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.service, t.region, t.checkId] }),
    index("check_counters_check").on(t.organisationId, t.checkId),
  ],
);

/** What a check that spans units last looked at; while this stays the same there is nothing to evaluate again. */
export const relationRuns = pgTable(
  "relation_runs",
  {
    accountId: accountRef(),
    checkId: text().notNull(),
    fingerprint: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.checkId] })],
);
