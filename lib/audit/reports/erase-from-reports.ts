import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { escapeText } from "./render/markup.ts";

/** Takes a user's name out of the reports that were made, for one who is erased. Returns how many had it. */
export async function eraseFromReports(
  tx: Transaction,
  organisationId: string,
  userId: string,
): Promise<number> {
  const mark = `<b data-user="${escapeText(userId)}">`;
  // Ids are letters, digits and underscores; nothing in the mark means anything to a pattern.
  const changed = await tx.execute(sql`
    update audit_reports set html = regexp_replace(html, ${`${mark}[^<]*</b>`}, ${`${mark}an erased person</b>`}, 'g')
    where organisation_id = ${organisationId} and position(${mark} in html) > 0 returning id`);
  return changed.length;
}
