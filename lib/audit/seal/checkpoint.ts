import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";
import { checkpointText, signNote } from "../note.ts";
import { holdTrail, type SealMemory } from "./seal.ts";

/** A checkpoint as the trail keeps it. */
export type StoredCheckpoint = { size: number; note: string };

/** What is stored contradicts what was signed before, so nothing more is signed until the trail was verified and mended. */
export class BrokenTrailError extends Error {
  override readonly name = "BrokenTrailError";
}

/**
 * Signs how much is sealed and what its root is, unless the last checkpoint says so already. Answers the newest checkpoint;
 * null while nothing is sealed, or another process is at it. Throws a BrokenTrailError where that would be signing a lie.
 */
export async function makeCheckpoint(
  db: Database,
  options: { keyring?: AuditKeyring; memory?: SealMemory } = {},
): Promise<StoredCheckpoint | null> {
  const { keyring = auditKeyring(), memory = { state: null } } = options;
  const known = memory.state;
  memory.state = null;
  const made = await db.transaction(async (tx) => {
    // What was broken may have been mended since.
    const trail = await holdTrail(tx, known?.broken ? null : known, keyring);
    if (!trail) return null;
    const { state } = trail;
    if (state.broken) return { state, checkpoint: null };
    const { origin, frontier, checkpoint } = state;
    if (!origin) return { state, checkpoint: null };
    const { first: key } = keyring;
    if (checkpoint?.size === frontier.size && checkpoint.keyId === key.id) {
      return { state, checkpoint: await newestCheckpoint(tx) };
    }
    const now = new Date().toISOString();
    const root = frontier.root();
    const extensions = [`at ${now}`, `batch ${state.n} ${state.hash.toString("base64")}`];
    const text = checkpointText({ origin, size: frontier.size, root, extensions });
    // The first under a new key is signed by the old one too: who trusts that one can see who follows it.
    const former = checkpoint && checkpoint.keyId !== key.id ? keyring.byId.get(checkpoint.keyId) : undefined;
    const note = signNote(text, origin, former ? [key, former] : [key]);
    await tx.execute(sql`
      insert into audit_checkpoints (size, root, note, key_id, at)
      values (${frontier.size}, ${root}, ${note}, ${key.id}, ${now}::timestamptz)`);
    const signed = { size: frontier.size, keyId: key.id };
    return { state: { ...state, checkpoint: signed }, checkpoint: { size: frontier.size, note } };
  });
  memory.state = made ? made.state : known;
  if (made?.state.broken) {
    throw new BrokenTrailError(`No checkpoint of the audit trail was signed. ${made.state.broken}`);
  }
  return made?.checkpoint ?? null;
}

/** The newest checkpoint that was signed; null before the first. */
export async function newestCheckpoint(db: Pick<Database, "execute">): Promise<StoredCheckpoint | null> {
  const [row] = await db.execute<{ size: string; note: string }>(
    sql`select size, note from audit_checkpoints order by id desc limit 1`,
  );
  return row ? { size: Number(row.size), note: row.note } : null;
}
