import { auditKeyring } from "#lib/audit/keys.ts";
import { verifyTrail } from "#lib/audit/verify/verify-trail.ts";
import type { Trail } from "./trail.ts";

/** Seconds that the first so many entries take: each read, put together, hashed and compared with what was sealed. */
export async function measureVerification(trail: Trail, entries: number): Promise<number> {
  const found = await verifyTrail({
    url: trail.server.url,
    keys: auditKeyring(),
    anchors: [],
    archives: null,
    to: entries,
  });
  if (!found.ok) throw new Error(`The trail is not sound: ${found.problems[0]?.detail}`);
  if (found.verified < entries) throw new Error(`Of ${entries} entries, ${found.verified} were verified.`);
  return found.durationMs / 1_000;
}
