import type { Database } from "#db/client.ts";
import { auditKeyring } from "#lib/audit/keys.ts";
import { proveEntry } from "#lib/audit/proof/prove-entry.ts";
import { verifyBundle } from "#lib/audit/proof/verify-bundle.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { EntryCheck } from "./entry-view.ts";

/**
 * Proves an entry as if for somebody else, and checks that proof as they would: from its hash up to a signed checkpoint.
 * Throws `not_found`, `forbidden`.
 */
export async function checkEntry(db: Database, scope: Scope, entryId: string): Promise<EntryCheck> {
  try {
    const { bundle, position, size } = await proveEntry(db, scope, entryId);
    const publicKeys = [...auditKeyring().byId.values()].map((key) => key.public);
    const { ok, problems } = await verifyBundle([bundle], { publicKeys });
    if (!ok) return { state: "wrong", says: problems[0]?.detail ?? "Its proof doesn't hold." };
    return { state: "proven", position, size, signedAt: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // What waits for a checkpoint, and what isn't what was sealed, are answers to the question.
    if (error.code === "unavailable") return { state: "waiting", says: error.message };
    if (error.code === "conflict") return { state: "wrong", says: error.message };
    throw error;
  }
}
