import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { accounts } from "../accounts/schema.ts";
import { bytes, id, moment } from "../columns.ts";
import { organisationRef, users } from "../identity/schema.ts";

export const importFormats = ["prowler_ocsf", "prowler_csv", "asff", "sarif"] as const;
export type ImportFormat = (typeof importFormats)[number];
export const importStatuses = ["uploading", "waiting", "running", "done", "failed"] as const;

/** A report of another tool, from its upload to what became of each of its rows. */
export const imports = pgTable(
  "imports",
  {
    id: id("imp"),
    organisationId: organisationRef(),
    format: text({ enum: importFormats }).notNull(),
    fileName: text().notNull(),
    /** Where findings go whose rows name no account, as those of SARIF. */
    accountId: text().references(() => accounts.id),
    requestedBy: text()
      .notNull()
      .references(() => users.id),
    status: text({ enum: importStatuses }).notNull(),
    bytes: bigint({ mode: "number" }).notNull().default(0),
    /** Rows read; the five after it add up to it. */
    rows: integer().notNull().default(0),
    created: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    /** Rows about what Parapet itself judges on that resource. */
    duplicates: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    /** In plain words, why it stopped. */
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    finishedAt: moment(),
  },
  (t) => [index("imports_list").on(t.organisationId, t.createdAt.desc(), t.id.desc())],
);

/** The uploaded file in pieces, until it has been read. */
export const importPieces = pgTable(
  "import_pieces",
  {
    importId: text()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    piece: integer().notNull(),
    content: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.piece] })],
);

/** Rows that were not taken, with the reason; a bounded number of each import is kept. */
export const importRejections = pgTable(
  "import_rejections",
  {
    importId: text()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    /** From 1, in the order of the file. */
    row: integer().notNull(),
    reason: text().notNull(),
    /** What the row is about, as far as it could be told; shortened. */
    subject: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.row] })],
);
