import type { FindingSource } from "#db/findings/schema.ts";
import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";

/**
 * What a row says of its resource. `manual`: a person has to look; `muted`: it fails, and the tool was told to be quiet
 * about it; `withdrawn`: the tool has stopped judging it.
 */
export type SaidStatus = "pass" | "fail" | "manual" | "muted" | "withdrawn";

/** A check of another tool, in that tool's words, shortened to what is kept. */
export type ForeignCheck = {
  /** As findings carry it, such as `prowler.s3_bucket_public_access`. */
  id: string;
  /** As the tool itself calls it: what the map of equivalents is asked by. */
  name: string;
  source: Exclude<FindingSource, "parapet">;
  title: string;
  severity: Severity;
  risk: string;
  remediation: string;
  /** An http or https address, or empty. */
  url: string;
};

/** One row of a report, whatever its format. */
export type ReportFinding = {
  /** The provider's id of the account; null where the format names none, for the account that the import was given. */
  account: { externalId: string; cloud: Cloud } | null;
  check: ForeignCheck;
  status: SaidStatus;
  resource: ReportResource;
  reason: string;
  /** When the tool looked; null where it doesn't say, for the moment of the upload. */
  observedAt: Date | null;
};

export type ReportResource = {
  /** The provider's own full id, as far as the tool knows it. */
  uid: string;
  name: string;
  /** `imported.<kind>`. */
  kind: string;
  service: string;
  /** The provider's region, or `global`. */
  region: string;
  tags: Record<string, string>;
};

/** A row that was read, or why it was not. `subject` says what it is about, as far as that can be told. */
export type ReadRow = { row: number; subject: string } & (
  | { finding: ReportFinding; reason?: never }
  | { finding?: never; reason: string }
);

/** A report that can be read from its beginning as often as needed. */
export type Report = {
  /** The file's bytes, in pieces of any size. */
  open(): AsyncIterable<Uint8Array>;
  /** Told who made the report, such as `Prowler 5.2.0`, as soon as it is known. */
  named(tool: string): void;
};

/** Reads a report row by row, in the order of the file. Throws ReportError when it can't be read on. */
export type ReadReport = (report: Report) => AsyncGenerator<ReadRow>;

/** The report as a whole is not what it should be. The message is for the user. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

/** A row may have this many characters; one that has more is rejected, whatever it holds. */
export const maxRowLength = 1_000_000;
