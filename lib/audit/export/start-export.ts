import { z } from "zod";
import { requireTrail } from "#db/audit/where.ts";
import { newId } from "#db/columns.ts";
import { defineMutation } from "../../mutation.ts";
import { type AuditFilter, AuditFilterInput } from "../filter.ts";
import { newestCheckpoint, type SignedCheckpoint } from "../proof/write-bundle.ts";
import { type ExportFormat, exportFormats } from "./formats.ts";

export const StartExportInput = z.strictObject({
  format: z.enum(exportFormats),
  filter: AuditFilterInput,
  /** Tell what commitments stand for. Left out, personal data stays apart. */
  personal: z.boolean().default(false),
});

/** What may be read, once the trail says so. */
export type AuditExport = {
  exportId: string;
  format: ExportFormat;
  /** Without anything newer than when it was asked for. */
  filter: AuditFilter;
  personal: boolean;
  /** What the proofs of a bundle lead to. */
  checkpoint: SignedCheckpoint | null;
};

/**
 * Says on the trail that somebody takes entries away, before the first of them is read. Throws `unavailable` for a proof
 * where nothing has been sealed yet.
 */
export const startExport = defineMutation({
  permission: "audit:export",
  act: { action: "audit_export.start", kind: "audit_export" },
  input: StartExportInput,
  async run({ tx, scope, input: { format, filter, personal } }) {
    requireTrail(scope);
    const exportId = newId("exp");
    const checkpoint = format === "json" ? await newestCheckpoint(tx) : null;
    const until = filter.to ?? new Date().toISOString();
    const result: AuditExport = { exportId, format, filter: { ...filter, to: until }, personal, checkpoint };
    return {
      result,
      audit: {
        action: "audit_export.start",
        object: { kind: "audit_export", id: exportId },
        after: {
          format,
          personal,
          filter: toldFilter(filter),
          ...(checkpoint ? { size: checkpoint.size } : {}),
        },
      },
    };
  },
});

/** What of a filter asks for less than everything. */
export const toldFilter = (filter: AuditFilter): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
