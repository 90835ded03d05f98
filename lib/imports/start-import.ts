import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { type ImportFormat, imports } from "#db/imports/schema.ts";
import { DomainError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { defineMutation } from "#lib/mutation.ts";
import { notifyImport } from "./notify.ts";

export const StartImportInput = z.strictObject({
  importId: z.string().max(100),
  bytes: z.number().int().nonnegative(),
});

/** Queues a report whose upload has come to its end; only who uploaded it may. */
export const startImport = defineMutation({
  permission: "imports:run",
  act: { action: "import.start", kind: "import" },
  input: StartImportInput,
  run: async ({ tx, scope, input }) => {
    const [row] = await tx
      .update(imports)
      .set({ status: "waiting", bytes: input.bytes })
      .where(
        and(
          eq(imports.id, input.importId),
          eq(imports.organisationId, scope.organisationId),
          eq(imports.status, "uploading"),
          scope.actor.kind === "user" ? eq(imports.requestedBy, scope.actor.id) : undefined,
        ),
      )
      .returning();
    if (!row) throw new DomainError("not_found", "There is no upload with this id.");
    await enqueue(tx, "import-report", [{ data: { importId: row.id } }]);
    await notifyImport(tx, scope.organisationId, row.id);
    const result: { importId: string; format: ImportFormat } = { importId: row.id, format: row.format };
    const { format, fileName, accountId, bytes } = row;
    const audit = {
      action: "import.start",
      object: { kind: "import", id: row.id },
      after: { format, fileName, accountId, bytes },
    };
    return { result, audit };
  },
});
