import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";

/** A batch as the survey sees it: where it is said to stand. */
export type BatchPlace = { n: number; first: number; size: number };
export type CheckpointRow = { id: number; size: number; root: Buffer; note: string };
export type AnchorRow = { name: string; size: number | null };
export type ArchiveRow = {
  file: string;
  sha256: string;
  size: number;
  entries: number;
  /** Positions as from, to, from, to, … */
  positions: number[];
  checkpointSize: number;
  droppedAt: string | null;
};

/** Which entries are not sealed yet, by the last batch; null while nothing is sealed, and everything waits. */
export type Numbering = { xidTo: bigint; floor: number; isCurrent: boolean };

export type Survey = {
  batches: BatchPlace[];
  /** `hash` of batch 0. */
  firstHash: Buffer | null;
  numbering: Numbering | null;
  checkpoints: CheckpointRow[];
  anchors: AnchorRow[];
  /** The highest id among entries; 0 when there are none. */
  highestId: number;
};

const count = z.coerce.number();
const batch = z.object({ n: count, first: count, size: count });
const checkpoint = z.object({ id: count, size: count, root: z.instanceof(Buffer), note: z.string() });
const anchor = z.object({ name: z.string(), size: count.nullable() });
const head = z.object({ floor: count, xid_to: z.coerce.bigint(), is_current: z.boolean() });
const archive = z.object({
  file: z.string(),
  sha256: z.string(),
  size: count,
  entries: count,
  positions: z.string().transform(readRanges),
  checkpointSize: count,
  droppedAt: z.string().nullable(),
});

/** What the database says there is to verify, as of one moment. */
export const surveyTrail = (db: Database): Promise<Survey> =>
  db.transaction(
    async (tx) => {
      const read = async <T>(row: z.ZodType<T>, statement: SQL) =>
        (await tx.execute(statement)).map((each) => row.parse(each));
      const [first] = await tx.execute(sql`select hash from audit_batches where n = 0`);
      const [newest] = await read(
        head,
        sql`select floor, xid_to::text, cluster = (select system_identifier::text from pg_control_system()) as is_current
            from audit_batches order by n desc limit 1`,
      );
      const [highest] = await tx.execute(sql`select coalesce(max(id), 0) as id from audit_entries`);
      return {
        batches: await read(batch, sql`select n, first, size from audit_batches order by n`),
        firstHash: first?.hash instanceof Buffer ? first.hash : null,
        numbering: newest
          ? { floor: newest.floor, xidTo: newest.xid_to, isCurrent: newest.is_current }
          : null,
        checkpoints: await read(
          checkpoint,
          sql`select id, size, root, note from audit_checkpoints order by id`,
        ),
        anchors: await read(anchor, sql`select name, size from audit_anchors`),
        highestId: Number(highest?.id),
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );

/** What is archived. To be read after the rows were: what had left the database by then is in an archive by now. */
export async function surveyArchives(db: Database): Promise<ArchiveRow[]> {
  const rows = await db.execute(sql`
    select file, sha256, size, entries, positions::text, checkpoint_size as "checkpointSize", dropped_at::text as "droppedAt"
    from audit_archives order by first, id`);
  return rows.map((row) => archive.parse(row));
}

/** Ranges as PostgreSQL writes a multirange of whole numbers: `{[0,5),[9,12)}`. */
export function readRanges(text: string): number[] {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].flatMap(([, from, to]) => [Number(from), Number(to)]);
}
