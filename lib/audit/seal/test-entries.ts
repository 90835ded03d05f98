import { sql } from "drizzle-orm";
import type { Database, Store } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { appendAudit } from "../append.ts";
import { canonicalEntry, leafOf, macOf } from "../entry.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";
import { Frontier } from "../merkle/frontier.ts";
import { fieldsOf } from "../proof/sealed.ts";
import { batchAt } from "./batches.ts";
import { batchHash, firstPrevious } from "./header.ts";

/** For tests: entries that an act of this scope leaves, named in order. */
export async function writeEntries(db: Database, scope: Scope, ...names: string[]): Promise<void> {
  for (const name of names) {
    await db.transaction((tx) => writeEntry(tx, scope, name));
  }
}

export const writeEntry = (tx: Parameters<typeof appendAudit>[0], scope: Scope, name: string) =>
  appendAudit(tx, scope, { action: "test.act", object: { kind: "test", id: name } });

/** The names of what is sealed, in order, by looking each entry up. */
export async function sealedNames(db: Store): Promise<string[]> {
  const rows = await db.execute<{ object_id: string }>(sql`
    select e.object_id from audit_batches b, unnest(b.entries) with ordinality as place(id, k)
    join audit_entries e on e.id = place.id order by b.first + place.k`);
  return rows.map((row) => row.object_id);
}

/** What is wrong with the chain as a stranger would check it, from nothing but rows and keys. */
export async function faultsOfTrail(db: Store, keyring: AuditKeyring = auditKeyring()): Promise<string[]> {
  const faults: string[] = [];
  const frontier = new Frontier();
  const seen = new Set<number>();
  let previous = firstPrevious;
  for (let batch = await batchAt(db, 0); batch; batch = await batchAt(db, batch.first + batch.size)) {
    const mac = keyring.byId.get(batch.keyId)?.mac;
    if (batch.first !== frontier.size) faults.push(`batch ${batch.n} begins at ${batch.first}`);
    if (!batch.previous.equals(previous)) faults.push(`batch ${batch.n} follows another`);
    if (!batchHash(batch).equals(batch.hash)) faults.push(`batch ${batch.n} has another hash`);
    if (!mac || !macOf(batch.hash, mac).equals(batch.mac)) faults.push(`batch ${batch.n} has another HMAC`);
    const rows = await db.execute(
      sql`select * from audit_entries where id = any(${`{${batch.entries.join(",")}}`}::bigint[])`,
    );
    const byId = new Map(rows.map((row) => [Number(row.id), row]));
    for (const [index, id] of batch.entries.entries()) {
      const row = byId.get(id);
      const leaf = batch.leaves.subarray(32 * index, 32 * index + 32);
      if (seen.has(id)) faults.push(`entry ${id} is sealed twice`);
      if (!row || !leafOf(canonicalEntry(fieldsOf(row))).equals(leaf)) faults.push(`entry ${id} is another`);
      seen.add(id);
    }
    frontier.append(batch.leaves);
    previous = batch.hash;
  }
  const checkpoints = await db.execute<{ size: string; root: Buffer }>(
    sql`select size, root from audit_checkpoints`,
  );
  for (const { size, root } of checkpoints) {
    const tree = new Frontier();
    for (
      let batch = await batchAt(db, 0);
      batch && tree.size < Number(size);
      batch = await batchAt(db, tree.size)
    ) {
      tree.append(batch.leaves);
    }
    if (!tree.root().equals(root)) faults.push(`the checkpoint of ${size} has another root`);
  }
  return faults;
}
