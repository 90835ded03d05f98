import { openDatabase } from "#db/client.ts";
import { explainDatabaseError } from "#db/errors.ts";
import { configuredAnchors } from "#lib/audit/anchors/configured.ts";
import { auditKeyring } from "#lib/audit/keys.ts";
import { verifierKey } from "#lib/audit/note.ts";
import { originOf } from "#lib/audit/seal/header.ts";
import { readFirstHash } from "#lib/audit/seal/state.ts";
import { type TrailVerification, type VerifyOptions, verifyTrail } from "#lib/audit/verify/verify-trail.ts";
import { databaseUrl, env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";

/** The public keys of this installation's trail, newest first. */
export async function ownPublicKeys(): Promise<{ id: string; verifierKey: string }[]> {
  const url = databaseUrl();
  const { db, close } = openDatabase(url, { max: 1, applicationName: "parapet-cli" });
  try {
    const first = await readFirstHash(db);
    if (!first) {
      throw new DomainError(
        "unavailable",
        "The trail has no name yet: it is named for the first entries sealed, which a worker does within a second.",
      );
    }
    return [...auditKeyring().byId.values()].map((key) => ({
      id: key.id,
      verifierKey: verifierKey(originOf(first), key.public),
    }));
  } catch (error) {
    throw explainDatabaseError(error, url) ?? error;
  } finally {
    await close();
  }
}

/** Verifies this installation's trail, with its anchors and archives. */
export async function verifyOwnTrail(
  options: Pick<VerifyOptions, "from" | "to" | "onProgress">,
): Promise<TrailVerification> {
  const url = databaseUrl();
  try {
    return await verifyTrail({
      ...{ url, keys: auditKeyring(), anchors: configuredAnchors(), archives: env().auditArchive },
      ...options,
    });
  } catch (error) {
    throw explainDatabaseError(error, url) ?? error;
  }
}
