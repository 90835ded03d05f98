import type { Database } from "#db/client.ts";
import type { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { type EntryProof, proveEntry } from "./prove-entry.ts";

/** As `proveEntry`, for who takes the proof away, which the trail then says. */
export async function takeProof(db: Database, scope: Scope, entryId: string): Promise<EntryProof> {
  const proof = await proveEntry(db, scope, entryId);
  const { position, size } = proof;
  await db.transaction((tx) =>
    appendAudit(tx, scope, {
      action: "audit_entry.prove",
      object: { kind: "audit_entry", id: entryId },
      after: { position, size },
    }),
  );
  return proof;
}
