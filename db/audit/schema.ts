import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";
import { organisationRef } from "../identity/schema.ts";

/** The trail: append-only by trigger. A row is written in the transaction of the act it records. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    organisationId: organisationRef(),
    at: moment().notNull().defaultNow(),
    actorKind: text({ enum: ["user", "system"] }).notNull(),
    /** A user's id, or the name of the part of the system that acted. */
    actorId: text().notNull(),
    /** The API token that the user acted by; null in the browser. */
    actorTokenId: text(),
    /** `<thing>.<verb>`, such as `scan.start`. */
    action: text().notNull(),
    objectKind: text().notNull(),
    objectId: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    /** Ties entries of one request or job together. */
    correlationId: text().notNull(),
  },
  (t) => [
    index("audit_entries_list").on(t.organisationId, t.id.desc()),
    index("audit_entries_object").on(t.organisationId, t.objectKind, t.objectId, t.id.desc()),
  ],
);
