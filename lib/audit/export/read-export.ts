import { createHash } from "node:crypto";
import { type EntryRow, readRows } from "#db/audit/entries.ts";
import type { AuditEntryView } from "#db/audit/model.ts";
import { viewsOf } from "#db/audit/views.ts";
import { conditionOf } from "#db/audit/where.ts";
import type { Database } from "#db/client.ts";
import type { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { tellPersonal } from "../personal/commitment.ts";
import { revealPersonal } from "../personal/reveal.ts";
import { revealInBundle } from "../proof/reveal.ts";
import type { SealedSelection } from "../proof/sealed.ts";
import { bundleLines } from "../proof/write-bundle.ts";
import { csvHead, csvLine } from "./csv.ts";
import { type AuditExport, toldFilter } from "./start-export.ts";

const pageSize = 1_000;
/** So many entries are named one by one; more are found again among what was sealed. */
const mostNamed = 20_000;

/** What a file of the export is called. */
export const exportFileName = ({ exportId, format }: AuditExport): string =>
  `parapet-audit-${exportId.slice(-6)}.${format === "csv" ? "csv" : "ndjson"}`;

export const exportMediaType = ({ format }: AuditExport): string =>
  format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";

/**
 * The export as text, piece by piece: CSV with the newest entry first, or a proof bundle in the order of the trail. When it
 * ends, the trail says what it came to, and when the reader goes away before, that it broke off.
 */
export async function* readExport(
  db: Database,
  scope: Scope,
  made: AuditExport,
): AsyncGenerator<string, void> {
  const startedAt = performance.now();
  const told = { entries: 0, bytes: 0, spoiled: 0 };
  const hash = createHash("sha256");
  let isWhole = false;
  try {
    const pieces = made.format === "csv" ? readCsv(db, scope, made, told) : readBundle(db, scope, made, told);
    for await (const piece of pieces) {
      hash.update(piece);
      told.bytes += Buffer.byteLength(piece);
      yield piece;
    }
    isWhole = true;
  } finally {
    const { spoiled, ...sizes } = told;
    const after = { format: made.format, ...sizes, ...(spoiled > 0 ? { spoiled } : {}) };
    await db.transaction((tx) =>
      appendAudit(tx, scope, {
        action: "audit_export.finish",
        object: { kind: "audit_export", id: made.exportId },
        result: isWhole ? "done" : "failed",
        after: isWhole ? { ...after, sha256: hash.digest("hex") } : { ...after, code: "broken_off" },
        durationMs: performance.now() - startedAt,
      }),
    );
  }
}

type Told = { entries: number; spoiled: number };

async function* readCsv(db: Database, scope: Scope, made: AuditExport, told: Told): AsyncGenerator<string> {
  yield csvHead;
  for await (const entries of pagesOf(db, scope, made)) {
    told.entries += entries.length;
    yield entries.map(csvLine).join("");
  }
}

/** Pages of what is asked for, newest first. */
async function* pagesOf(db: Database, scope: Scope, made: AuditExport): AsyncGenerator<AuditEntryView[]> {
  for await (const rows of rowsOf(db, scope, made)) {
    const views = await viewsOf(db, scope, rows);
    if (!made.personal) {
      yield views;
      continue;
    }
    const revealed = await revealPersonal(db, scope.organisationId, rows);
    yield views.map((view) => ({
      ...view,
      origin: tellPersonal(view.origin, revealed),
      before: tellPersonal(view.before, revealed),
      after: tellPersonal(view.after, revealed),
    }));
  }
}

async function* rowsOf(db: Database, scope: Scope, { filter }: AuditExport): AsyncGenerator<EntryRow[]> {
  let after: string | undefined;
  do {
    const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
    const { rows, next } = await readRows(db, scope, filter, page);
    if (rows.length > 0) yield rows;
    after = next ?? undefined;
  } while (after !== undefined);
}

async function* readBundle(
  db: Database,
  scope: Scope,
  made: AuditExport,
  told: Told,
): AsyncGenerator<string> {
  const { checkpoint, filter, personal } = made;
  if (!checkpoint) throw new Error("A bundle's export begins with a checkpoint.");
  const lines = bundleLines(db, await selectionOf(db, scope, made), {
    checkpoint,
    about: "What an organisation's entries say that meet the filter, as far as the checkpoint covers them",
    header: { organisation: scope.organisationId, filter: toldFilter(filter) },
    ...(personal ? { reveal: revealInBundle(db, scope.organisationId) } : {}),
  });
  for (;;) {
    const { done, value } = await lines.next();
    if (!done) {
      yield value;
      continue;
    }
    told.entries = value.entries;
    told.spoiled = value.spoiled.length;
    return;
  }
}

/** A few are found by the index, which beats looking at everything that was sealed. */
async function selectionOf(db: Database, scope: Scope, made: AuditExport): Promise<SealedSelection> {
  const named: { id: number; at: Date }[] = [];
  for await (const rows of rowsOf(db, scope, made)) {
    named.push(...rows.map(({ id, at }) => ({ id, at })));
    if (named.length <= mostNamed) continue;
    const { from, to } = made.filter;
    return {
      where: await conditionOf(db, scope, made.filter),
      from: from === null ? null : new Date(from),
      to: to === null ? null : new Date(to),
    };
  }
  return { entries: named };
}
