import { and, eq, gt, ne, sql } from "drizzle-orm";
import { auditAlertRules, auditStreams } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { channelPlaceOf } from "../audit/alerts/channel-secret.ts";
import type { AlertChannel } from "../audit/alerts/model.ts";
import { streamPlaceOf } from "../audit/streams/stream-secret.ts";
import { batchRows, type SealedRows } from "./sealed-rows.ts";

/** What the audit trail's webhooks sign with. */
export const streamSecretRows: SealedRows = {
  hold: async (tx, keyId, id) => {
    const rows = await tx
      .select()
      .from(auditStreams)
      .where(and(ne(auditStreams.secretKeyId, keyId), gt(auditStreams.id, id)))
      .orderBy(auditStreams.id)
      .limit(batchRows)
      .for("update", { skipLocked: true });
    return rows.map((row) => ({
      ...{ id: row.id, keyId: row.secretKeyId, sealed: row.secret, place: streamPlaceOf(row) },
    }));
  },
  put: (tx, { id }, secretKeyId, secret) =>
    tx.update(auditStreams).set({ secretKeyId, secret }).where(eq(auditStreams.id, id)),
};

/** Addresses and settings of alert rules' channels, several of one rule. */
export const channelSecretRows: SealedRows = {
  hold: async (tx, keyId, id) => {
    const rows = await tx
      .select({
        id: auditAlertRules.id,
        organisationId: auditAlertRules.organisationId,
        channels: auditAlertRules.channels,
      })
      .from(auditAlertRules)
      .where(and(gt(auditAlertRules.id, id), hasOlder(keyId)))
      .orderBy(auditAlertRules.id)
      .limit(batchRows)
      .for("update", { skipLocked: true });
    return rows.flatMap(({ id: ruleId, organisationId, channels }) =>
      (channels as AlertChannel[]).flatMap((channel) =>
        "sealed" in channel && channel.keyId !== keyId
          ? [
              {
                ...{ id: ruleId, keyId: channel.keyId, sealed: Buffer.from(channel.sealed, "base64") },
                place: channelPlaceOf({ organisationId, ruleId, channelId: channel.id }),
              },
            ]
          : [],
      ),
    );
  },
  put: (tx, { id, place }, keyId, sealed) => {
    const changed = JSON.stringify({ keyId, sealed: Buffer.from(sealed).toString("base64") });
    return tx.execute(sql`
      update audit_alert_rules set channels = (
        select jsonb_agg(case when c.channel ->> 'id' = ${place.name} then c.channel || ${changed}::jsonb else c.channel end
          order by c.place)
        from jsonb_array_elements(channels) with ordinality as c(channel, place))
      where id = ${id}`);
  },
};

/** Of a rule: that one of its channels is sealed under another key. */
const hasOlder = (keyId: string) =>
  sql`jsonb_path_exists(${auditAlertRules.channels}, '$[*] ? (@.keyId != $key)', jsonb_build_object('key', ${keyId}::text))`;

/** Channels that are sealed under another key. */
export async function countChannels(db: Database, keyId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from audit_alert_rules r, jsonb_array_elements(r.channels) c
    where c ->> 'keyId' <> ${keyId}`);
  return row?.count ?? 0;
}
