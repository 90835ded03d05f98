import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, moment } from "../columns.ts";
import { roles } from "./roles.ts";

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

export { type Role, roles } from "./roles.ts";

export const users = pgTable(
  "users",
  {
    id: id("usr"),
    organisationId: organisationRef(),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** Argon2id in PHC string form; null for who signs in without one: by single sign-on, or as a sandbox persona. */
    passwordHash: text(),
    persona: boolean().notNull().default(false),
    /** False when only the accounts in `userAccounts` are visible. */
    seesAllAccounts: boolean().notNull().default(true),
    /** Grows with every change, so that an edit of what meanwhile changed is noticed. */
    revision: integer().notNull().default(1),
    disabledAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("users_email").on(sql`lower(${t.email})`),
    index("users_organisation").on(t.organisationId),
  ],
);

/** Who someone is at an identity provider. Found by issuer and subject alone: an e-mail address proves nothing. */
export const userIdentities = pgTable(
  "user_identities",
  {
    organisationId: organisationRef(),
    /** The provider's `iss`. */
    issuer: text().notNull(),
    /** The provider's `sub`, which it never gives to anyone else. */
    subject: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.issuer, t.subject] }),
    // One person has one identity at a provider: a second `sub` with the same e-mail address is someone else.
    uniqueIndex("user_identities_user").on(t.userId, t.issuer),
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

export const userLinkKinds = ["invitation", "password_reset"] as const;

/** One-time links by which somebody sets a password. Only the SHA-256 of the token is kept. */
export const userLinks = pgTable(
  "user_links",
  {
    tokenHash: text().primaryKey(),
    organisationId: organisationRef(),
    userId: text()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: userLinkKinds }).notNull(),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [index("user_links_user").on(t.userId)],
);

/** Failed sign-ins by e-mail or address and minute; the rate limit's memory, shared by every web process. */
export const signInFailures = pgTable(
  "sign_in_failures",
  { key: text().notNull(), minute: moment().notNull(), failures: integer().notNull().default(1) },
  (t) => [primaryKey({ columns: [t.key, t.minute] })],
);
