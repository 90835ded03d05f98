import { bigint, boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { accountRef, accounts } from "../accounts/schema.ts";
import { bytes, id, moment } from "../columns.ts";
import { findingSources, severity } from "../findings/schema.ts";
import { organisationRef, users } from "../identity/schema.ts";

export const importFormats = ["prowler_ocsf", "prowler_csv", "asff", "sarif"] as const;
export type ImportFormat = (typeof importFormats)[number];
export const importStatuses = ["uploading", "waiting", "running", "done", "failed"] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** A report of another tool, from its upload to what became of each of its rows. */
export const imports = pgTable(
  "imports",
  {
    id: id("imp"),
    organisationId: organisationRef(),
    format: text({ enum: importFormats }).notNull(),
    fileName: text().notNull(),
    /** Where findings go whose rows name no account, as those of SARIF. */
    accountId: text().references(() => accounts.id, { onDelete: "set null" }),
    /** Null for the command line on the installation itself, which sees every account. */
    requestedBy: text().references(() => users.id),
    status: text({ enum: importStatuses }).notNull(),
    /** Of the report as it is read, which is to say unpacked. */
    bytes: bigint({ mode: "number" }).notNull().default(0),
    bytesRead: bigint({ mode: "number" }).notNull().default(0),
    /** Who made the report, as it says itself, such as `Prowler 5.2.0`; null until that is known. */
    tool: text(),
    /** Rows read; the five after it add up to it. */
    rows: integer().notNull().default(0),
    created: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    /** Of those updated: the ones that the report says have passed. */
    resolved: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    /** Rows about what Parapet itself judges on that resource. */
    duplicates: integer().notNull().default(0),
    /** Of the duplicates: those where the report and Parapet's verdict disagree. */
    contradicted: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    /** In plain words, why it stopped. */
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    startedAt: moment(),
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

/** Rows about what Parapet judges itself; a bounded number of each import is kept, and of contradictions as many again. */
export const importDuplicates = pgTable(
  "import_duplicates",
  {
    importId: text()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    row: integer().notNull(),
    /** The report's check, and Parapet's own that answers the same question. */
    checkId: text().notNull(),
    nativeCheckId: text().notNull(),
    /** The resource, by its uid. */
    subject: text().notNull(),
    /** What the report says, and what Parapet found. */
    said: text({ enum: ["pass", "fail"] }).notNull(),
    judged: text({ enum: ["pass", "fail", "unknown", "manual"] }).notNull(),
    contradicts: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.row] }),
    index("import_duplicates_list").on(t.importId, t.contradicts, t.row),
  ],
);

/** The checks of other tools, in the words of the newest report that named them. */
export const importedChecks = pgTable(
  "imported_checks",
  {
    organisationId: organisationRef(),
    /** `prowler.<id>`, `security_hub.<control>`, `sarif.<tool>.<rule>`. */
    checkId: text().notNull(),
    source: text({ enum: findingSources }).notNull(),
    title: text().notNull(),
    /** As the newest row had it; a finding has its own. */
    severity: severity().notNull(),
    risk: text().notNull(),
    remediation: text().notNull(),
    /** An https address, or empty. */
    url: text().notNull(),
    observedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.checkId] })],
);

/** The newest word of other tools on each resource, passes included, so that an older report can't undo it. */
export const importedVerdicts = pgTable(
  "imported_verdicts",
  {
    organisationId: organisationRef(),
    accountId: accountRef(),
    /** The resource, which the inventory need not have. */
    uid: text().notNull(),
    checkId: text().notNull(),
    verdict: text({ enum: ["pass", "fail", "muted", "manual"] }).notNull(),
    observedAt: moment().notNull(),
    importId: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.uid, t.checkId] })],
);
