import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, moment } from "../columns.ts";

export const organisations = pgTable("organisations", {
  id: id("org"),
  name: text().notNull(),
  /** True for the organisation whose accounts are the sandbox cloud's. */
  sandbox: boolean().notNull().default(false),
  createdAt: moment().notNull().defaultNow(),
});

/** Every row belongs to an organisation. */
export const organisationRef = () =>
  text()
    .notNull()
    .references(() => organisations.id);

export const roles = ["ciso", "analyst", "manager", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

export const users = pgTable(
  "users",
  {
    id: id("usr"),
    organisationId: organisationRef(),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** Argon2id in PHC string form; null for a sandbox persona, which signs in without one. */
    passwordHash: text(),
    persona: boolean().notNull().default(false),
    disabledAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("users_email").on(sql`lower(${t.email})`),
    index("users_organisation").on(t.organisationId),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    id: id("ses"),
    organisationId: organisationRef(),
    userId: text()
      .notNull()
      .references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    lastSeenAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    ip: text(),
    userAgent: text(),
  },
  (t) => [index("sessions_user").on(t.userId, t.expiresAt)],
);

/** One-time links that create the first administrator. Only the SHA-256 of the token is kept. */
export const setupTokens = pgTable("setup_tokens", {
  tokenHash: text().primaryKey(),
  organisationId: organisationRef(),
  expiresAt: moment().notNull(),
  usedAt: moment(),
});

/** Failed sign-ins by e-mail or address and minute; the rate limit's memory, shared by every web process. */
export const signInFailures = pgTable(
  "sign_in_failures",
  { key: text().notNull(), minute: moment().notNull(), failures: integer().notNull().default(1) },
  (t) => [primaryKey({ columns: [t.key, t.minute] })],
);
