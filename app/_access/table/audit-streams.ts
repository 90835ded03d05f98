import { auditAlertRules, auditDeliveries, auditStreams } from "#db/audit/schema.ts";
import type { AccessTable, Given } from "../model.ts";

const admins = ["admin"] as const;
/** The trail is the whole organisation's. */
const unseen = "forbidden" as const;

/** A webhook of the first organisation's, with a delivery that was given up; there is no key that opens its secret. */
export async function ownStream({ db, ids }: Given): Promise<{ streamId: string; deliveryId: string }> {
  const { organisationId, userIds } = ids;
  const [stream] = await db
    .insert(auditStreams)
    .values({
      ...{ organisationId, name: "SIEM", url: "https://siem.example.com/hook", position: 0 },
      ...{ secret: Buffer.from("sealed"), secretKeyId: "gone", createdBy: userIds.admin },
    })
    .returning({ id: auditStreams.id });
  const streamId = stream?.id ?? "";
  const at = new Date();
  const [delivery] = await db
    .insert(auditDeliveries)
    .values({ streamId, entryId: "ent_1", entryAt: at, position: 0, state: "dead", endedAt: at })
    .returning({ id: auditDeliveries.id });
  return { streamId, deliveryId: delivery?.id ?? "" };
}

/** A rule of the first organisation's. */
export async function ownAlertRule({ db, ids }: Given): Promise<{ ruleId: string }> {
  const { organisationId, userIds } = ids;
  const [rule] = await db
    .insert(auditAlertRules)
    .values({
      ...{ organisationId, name: "Failures", match: {}, threshold: 5, windowMinutes: 10 },
      ...{ cooldownMinutes: 60, createdBy: userIds.admin },
      channels: [{ id: "chn_1", kind: "email", userIds: [userIds.admin] }],
    })
    .returning({ id: auditAlertRules.id });
  return { ruleId: rule?.id ?? "" };
}

export const newStream = { name: "New", url: "https://siem.example.com/hook" };
/** A rule that tells whoever makes it. */
export const newRule = (userId: string) => ({
  ...{ name: "New", threshold: 5, windowMinutes: 10, cooldownMinutes: 60 },
  channels: [{ kind: "email" as const, userIds: [userId] }],
});

const streamId = async (given: Given) => ({ streamId: (await ownStream(given)).streamId });
const one = async (given: Given) => ({ which: "one", ...(await ownStream(given)) });
const changed = async (given: Given) => ({ ...(await streamId(given)), revision: 0, enabled: false });
const changedRule = async (given: Given) => ({
  ...(await ownAlertRule(given)),
  ...{ revision: 0, enabled: false },
});
const admin = ({ ids }: Given) => ids.userIds.admin;

const verbs = "lib/audit/streams/verbs";
const rules = "lib/audit/alerts/verbs";
const pages = "app/(dashboard)/settings/audit";

/** Whom the audit trail is sent to, and who is told when much goes wrong. No key seals secrets in this world. */
export const auditStreamTable: AccessTable = {
  [`${verbs}/create-stream.ts#createStream`]: {
    ...{ roles: admins, input: () => newStream, outcome: "unavailable", foreign: "unavailable", unseen },
  },
  [`${verbs}/change-stream.ts#changeStream`]: { roles: admins, input: changed, unseen },
  [`${verbs}/rotate-stream-secret.ts#rotateStreamSecret`]: {
    ...{ roles: admins, outcome: "unavailable", unseen },
    input: async (given) => ({ ...(await streamId(given)), revision: 0 }),
  },
  [`${verbs}/delete-stream.ts#deleteStream`]: { roles: admins, input: streamId, unseen },
  [`${verbs}/replay-deliveries.ts#replayDeliveries`]: { roles: admins, input: one, unseen },
  [`${verbs}/test-stream.ts#startStreamTest`]: {
    ...{ roles: admins, input: streamId, outcome: "unavailable", unseen },
  },
  // Each makes their own organisation's; another organisation's people are no one to be told.
  [`${rules}/save-alert-rule.ts#createAlertRule`]: {
    ...{ roles: admins, input: (given) => newRule(admin(given)), foreign: "invalid_input", unseen },
  },
  [`${rules}/save-alert-rule.ts#changeAlertRule`]: { roles: admins, input: changedRule, unseen },
  [`${rules}/save-alert-rule.ts#deleteAlertRule`]: { roles: admins, input: ownAlertRule, unseen },
  [`${rules}/test-alert-rule.ts#startAlertTest`]: { roles: admins, input: ownAlertRule, unseen },
  [`${pages}/webhooks/actions.ts#createStreamAction`]: {
    ...{ roles: admins, input: () => [newStream], outcome: "unavailable", foreign: "unavailable", unseen },
  },
  [`${pages}/webhooks/actions.ts#changeStreamAction`]: {
    ...{ roles: admins, input: async (given) => [await changed(given)], unseen },
  },
  [`${pages}/webhooks/actions.ts#rotateStreamSecretAction`]: {
    ...{ roles: admins, outcome: "unavailable", unseen },
    input: async (given) => [(await ownStream(given)).streamId, 0, false],
  },
  [`${pages}/webhooks/actions.ts#deleteStreamAction`]: {
    ...{ roles: admins, input: async (given) => [(await ownStream(given)).streamId], unseen },
  },
  [`${pages}/webhooks/actions.ts#replayAction`]: {
    ...{ roles: admins, input: async (given) => [await one(given)], unseen },
  },
  [`${pages}/webhooks/actions.ts#testStreamAction`]: {
    ...{ roles: admins, outcome: "unavailable", unseen },
    input: async (given) => [(await ownStream(given)).streamId],
  },
  [`${pages}/alerts/actions.ts#createAlertRuleAction`]: {
    ...{ roles: admins, input: (given) => [newRule(admin(given))], foreign: "invalid_input", unseen },
  },
  [`${pages}/alerts/actions.ts#changeAlertRuleAction`]: {
    ...{ roles: admins, input: async (given) => [await changedRule(given)], unseen },
  },
  [`${pages}/alerts/actions.ts#deleteAlertRuleAction`]: {
    ...{ roles: admins, input: async (given) => [(await ownAlertRule(given)).ruleId], unseen },
  },
  // There is no mail server in this world, which is a result.
  [`${pages}/alerts/actions.ts#testAlertRuleAction`]: {
    ...{ roles: admins, input: async (given) => [(await ownAlertRule(given)).ruleId], unseen },
  },
};
