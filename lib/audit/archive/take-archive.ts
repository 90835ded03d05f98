import { z } from "zod";
import { findAuditArchive } from "#db/audit/keeping.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { archivePath } from "./folder.ts";
import { isIntact } from "./read-back.ts";

export const TakeArchiveInput = z.strictObject({ archiveId: z.string().max(64) });

/**
 * Lets somebody take an archive away, which the trail then says. Answers where the file is on this machine. Throws
 * `not_found` for another organisation's, and `unavailable` where the file isn't here or isn't what was written.
 */
export const takeArchive = defineMutation({
  permission: "audit:export",
  act: { action: "audit_archive.download", kind: "audit_archive", id: "archiveId" },
  input: TakeArchiveInput,
  async run({ tx, scope, input: { archiveId } }) {
    const archive = await findAuditArchive(tx, scope, archiveId);
    if (!archive) throw new DomainError("not_found", "There is no such archive.");
    const path = archivePath(archive.file);
    const state = await isIntact(path, archive);
    if (state !== "intact") {
      throw new DomainError(
        "unavailable",
        state === "missing"
          ? `${archive.file} isn't in the archive folder of this machine. Look for it where the worker runs, or in your backups.`
          : `${archive.file} isn't what was written: it was changed since. Restore it from a backup, and verify the trail.`,
      );
    }
    return {
      result: { file: archive.file, path, size: archive.size },
      audit: {
        action: "audit_archive.download",
        object: { kind: "audit_archive", id: archiveId },
        after: { file: archive.file, sha256: archive.sha256 },
      },
    };
  },
});
