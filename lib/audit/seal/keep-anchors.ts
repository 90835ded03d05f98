import { eq, notInArray } from "drizzle-orm";
import { auditAnchors } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { type Anchor, AnchorError } from "../anchors/anchor.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";
import { storedRoot } from "../merkle/stored.ts";
import { type Checkpoint, NoteError, verifyCheckpoint } from "../note.ts";
import { newestCheckpoint, type StoredCheckpoint } from "./checkpoint.ts";
import { originOf } from "./header.ts";
import { readFirstHash, readSealedSize } from "./state.ts";

/** What an anchor says that the database does not bear out. */
export type AnchorFinding = {
  anchor: string;
  /**
   * `ahead`: the anchor has seen more entries than the database holds sealed, so an old state of it was restored.
   * `forked`: of as many entries, the database holds others.
   * `other_trail`: what it was given last is of another trail, so the database was replaced (or the anchor is shared).
   * `forged`: what stands in it last is no checkpoint that a key of the trail signed.
   * `lost`: it no longer holds what this process has written to it.
   */
  kind: "ahead" | "forked" | "other_trail" | "forged" | "lost";
  /** The checkpoint that the anchor holds; of `lost`, held. */
  checkpoint: Pick<Checkpoint, "origin" | "size" | "root"> | null;
  /** Entries that the database holds sealed. */
  sealed: number;
};

/** What one who keeps anchors again and again remembers between two times: the size that each was given last. */
export type AnchorMemory = Map<string, number>;

export type KeepAnchorsOptions = { keyring?: AuditKeyring; memory?: AnchorMemory };

/**
 * Reads what each anchor was given last, and gives it the newest checkpoint unless it has that. Where an anchor stands is
 * kept in audit_anchors, failures too: none keeps another from being written. Answers what contradicts the database.
 */
export async function keepAnchors(
  db: Database,
  anchors: readonly Anchor[],
  { keyring = auditKeyring(), memory = new Map() }: KeepAnchorsOptions = {},
): Promise<AnchorFinding[]> {
  // One that is no longer configured stands nowhere.
  const names = anchors.map(({ name }) => name);
  await db.delete(auditAnchors).where(notInArray(auditAnchors.name, names));
  const findings = await Promise.all(anchors.map((anchor) => keepAnchor(db, anchor, keyring, memory)));
  return findings.flat();
}

async function keepAnchor(
  db: Database,
  anchor: Anchor,
  keyring: AuditKeyring,
  memory: AnchorMemory,
): Promise<AnchorFinding[]> {
  const { name } = anchor;
  try {
    const held = await anchor.latest();
    const newest = await believableCheckpoint(db, keyring);
    const finding = await compare(db, name, held, keyring, memory);
    if (newest && newest.note !== held) await anchor.write(newest.note, newest.size);
    if (newest) memory.set(name, newest.size);
    const stands = newest ? { size: newest.size, at: new Date() } : {};
    await note(db, name, { ...stands, error: null, failingSince: null });
    return finding ? [finding] : [];
  } catch (error) {
    if (!(error instanceof AnchorError)) throw error;
    const [known] = await db.select().from(auditAnchors).where(eq(auditAnchors.name, name));
    await note(db, name, { error: error.message, failingSince: known?.failingSince ?? new Date() });
    return [];
  }
}

/** The newest checkpoint; null where it is none that a key of the trail signed, which no anchor shall keep for good. */
async function believableCheckpoint(db: Database, keyring: AuditKeyring): Promise<StoredCheckpoint | null> {
  const newest = await newestCheckpoint(db);
  if (!newest) return null;
  try {
    return believe(newest.note, keyring).size === newest.size ? newest : null;
  } catch (error) {
    // Who signs next finds that, too, and says so.
    if (error instanceof NoteError) return null;
    throw error;
  }
}

const believe = (note: string, keyring: AuditKeyring): Checkpoint =>
  verifyCheckpoint(
    note,
    [...keyring.byId.values()].map((key) => key.public),
  );

async function compare(
  db: Database,
  anchor: string,
  held: string | null,
  keyring: AuditKeyring,
  memory: AnchorMemory,
): Promise<AnchorFinding | null> {
  const first = await readFirstHash(db);
  const sealed = await readSealedSize(db);
  const told = { anchor, sealed };
  const given = memory.get(anchor) ?? 0;
  if (held === null) {
    const origin = first ? originOf(first) : "";
    return given > 0
      ? { ...told, kind: "lost", checkpoint: { origin, size: given, root: Buffer.alloc(0) } }
      : null;
  }
  try {
    const checkpoint = believe(held, keyring);
    const { origin, size, root } = checkpoint;
    if (!first || origin !== originOf(first)) return { ...told, kind: "other_trail", checkpoint };
    if (size > sealed) return { ...told, kind: "ahead", checkpoint };
    // Where the database lacks a part of its tree, verification says so: an anchor is no witness against it.
    const stored = await storedRoot(db, size).catch(() => null);
    if (stored && !stored.equals(root)) return { ...told, kind: "forked", checkpoint };
    return size < given ? { ...told, kind: "lost", checkpoint: { origin, size: given, root } } : null;
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    return { ...told, kind: "forged", checkpoint: null };
  }
}

async function note(
  db: Database,
  name: string,
  values: Partial<Omit<typeof auditAnchors.$inferInsert, "name">>,
): Promise<void> {
  await db
    .insert(auditAnchors)
    .values({ name, ...values })
    .onConflictDoUpdate({ target: auditAnchors.name, set: values });
}
