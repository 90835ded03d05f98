import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Permission } from "#lib/auth/permissions.ts";
import { bytes, id, moment } from "../columns.ts";
import { organisationRef, users } from "../identity/schema.ts";

/** Keys to the API. Each acts as its user, with the permissions that both the key and the user's present role have. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: id("tok"),
    organisationId: organisationRef(),
    userId: text()
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    /** SHA-256 of the token, which is shown once and kept nowhere. */
    tokenHash: bytes().notNull(),
    permissions: jsonb().$type<Permission[]>().notNull(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    lastUsedAt: moment(),
    lastAddress: text(),
  },
  (t) => [
    uniqueIndex("api_tokens_hash").on(t.tokenHash),
    index("api_tokens_user").on(t.userId, t.createdAt.desc()),
    index("api_tokens_organisation").on(t.organisationId, t.createdAt.desc()),
    uniqueIndex("api_tokens_name").on(t.userId, sql`lower(${t.name})`).where(sql`${t.revokedAt} is null`),
  ],
);

/** Requests of a token in a minute; the rate limit's memory, shared by every web process. UNLOGGED by the migration. */
export const apiUsage = pgTable(
  "api_usage",
  { tokenId: text().notNull(), minute: moment().notNull(), requests: integer().notNull().default(1) },
  (t) => [primaryKey({ columns: [t.tokenId, t.minute] })],
);
