import type { Severity } from "#lib/checks/model.ts";
import type { FindingSource } from "../findings/schema.ts";
import type { ImportFormat, ImportStatus } from "./schema.ts";

/** An import as pages and the API show it; moments are ISO 8601. */
export type ImportView = {
  id: string;
  format: ImportFormat;
  fileName: string;
  status: ImportStatus;
  /** Who made the report, as it says itself. */
  tool: string | null;
  /** The account that was chosen for rows that name none. */
  account: { id: string; name: string; externalId: string } | null;
  /** Null for the command line on the installation itself. */
  requestedBy: { id: string; name: string } | null;
  bytes: number;
  bytesRead: number;
  counts: ImportCounts;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
};

export type ImportCounts = {
  /** What created, updated, unchanged, duplicates and rejected add up to. */
  rows: number;
  created: number;
  updated: number;
  /** Of those updated. */
  resolved: number;
  unchanged: number;
  duplicates: number;
  /** Of the duplicates. */
  contradicted: number;
  rejected: number;
};

export type ImportPage = { imports: ImportView[]; next: string | null };

export type Rejection = { row: number; subject: string; reason: string };
export type RejectionPage = { rejections: Rejection[]; next: number | null };

/** A row about what Parapet judges itself. */
export type DuplicateRow = {
  row: number;
  subject: string;
  checkId: string;
  nativeCheckId: string;
  said: "pass" | "fail";
  judged: "pass" | "fail" | "unknown" | "manual";
  contradicts: boolean;
};
export type DuplicatePage = { duplicates: DuplicateRow[]; next: number | null };

/** A check of another tool, in the words of the newest report that named it. */
export type ImportedCheck = {
  checkId: string;
  source: FindingSource;
  title: string;
  severity: Severity;
  risk: string;
  remediation: string;
  /** An http or https address, or empty. */
  url: string;
};
