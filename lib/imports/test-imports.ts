import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { imports } from "#db/imports/schema.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { performImport } from "./perform-import.ts";
import { receiveUpload, type UploadInput } from "./receive-upload.ts";

export const limits = { maxBytes: 64 * 1_048_576, pieceBytes: 1_048_576 };

/** A text's bytes in pieces of a length, as a network gives them. */
export async function* bytesOf(text: string | Uint8Array, length = 10_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** One of Prowler's own example reports, about an account. */
export const sample = (name: string, externalId: string): string =>
  readFileSync(join(import.meta.dirname, "samples", name), "utf8").replaceAll("<account_uid>", externalId);

export type OcsfChange = {
  check?: string;
  uid?: string;
  status?: string;
  severity?: string;
  detail?: string;
  title?: string;
  muted?: boolean;
  provider?: string;
  region?: string;
  /** Seconds. */
  time?: number;
};

/** An event as Prowler writes it, which fails unless told otherwise. */
export const ocsf = (externalId: string, given: OcsfChange) => ({
  message: given.detail ?? "It is so.",
  metadata: { event_code: given.check ?? "made_up_check", product: { name: "Prowler", version: "5.2.0" } },
  severity: given.severity ?? "High",
  status: given.muted ? "Suppressed" : "New",
  status_code: given.status ?? "FAIL",
  status_detail: given.detail ?? "It is so.",
  finding_info: { title: given.title ?? "It ought not to be so", desc: "Of which much could be said." },
  resources: [
    {
      uid: given.uid ?? "uid-1",
      name: "bucket",
      type: "AwsS3Bucket",
      region: given.region ?? "eu-west-1",
      group: { name: "s3" },
      labels: [],
    },
  ],
  cloud: { account: { uid: externalId }, provider: given.provider ?? "aws", region: "eu-west-1" },
  remediation: { desc: "Mend it.", references: ["https://example.com/mend"] },
  risk_details: "All might be lost.",
  time: given.time ?? 1_767_225_600,
});

/** Uploads a report and has it read; the import's row as it then is. */
export async function importText(
  db: Database,
  scope: Scope,
  text: string | Uint8Array,
  input: Partial<UploadInput> = {},
) {
  const { importId } = await receiveUpload(
    db,
    scope,
    { fileName: "report", ...input },
    bytesOf(text),
    limits,
  );
  await performImport(db, importId, new AbortController().signal);
  return readImport(db, importId);
}

export async function readImport(db: Database, importId: string) {
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  if (!row) throw new Error(`There is no import ${importId}.`);
  return row;
}

export const rejectionsOf = (db: Database, importId: string) =>
  db.execute<{ row: number; subject: string; reason: string }>(
    sql`select row, subject, reason from import_rejections where import_id = ${importId} order by row`,
  );

/** Imported findings with their resources, in the order of their checks. */
export const findingsOf = (db: Database, organisationId: string) =>
  db.execute<Record<string, unknown>>(sql`
    select f.check_id as "checkId", f.status, f.severity, f.reason, f.source, f.owner, f.service, f.region, f.reopened,
      f.resolution, f.opened_at as "openedAt", (f.due_at - f.opened_at)::text as due, r.uid, r.kind,
      r.unit_region as "unitRegion"
    from findings f join resources r on r.id = f.resource_id
    where f.organisation_id = ${organisationId} and f.source <> 'parapet' order by f.check_id, r.uid
  `);
