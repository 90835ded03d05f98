import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { auditAlertRules } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import type { Scope } from "../../../auth/scope.ts";
import { DomainError } from "../../../errors.ts";
import { defineMutation } from "../../../mutation.ts";
import { sayTaken } from "../../streams/verbs/hold-stream.ts";
import { Id, Revision } from "../../streams/verbs/inputs.ts";
import type { AlertChannel } from "../model.ts";
import { AlertMatchInput, readMatch } from "../read-rule.ts";
import { AlertRuleSettings } from "./inputs.ts";
import { channelFacts, storeChannels } from "./store-channels.ts";

export const CreateAlertRuleInput = AlertRuleSettings;

const mostRules = 100;

/** Makes a rule. The secrets of its webhooks, by channel id, are in the answer, and nowhere after that. */
export const createAlertRule = defineMutation({
  permission: "audit:manage",
  act: { action: "alert_rule.create", kind: "alert_rule" },
  input: CreateAlertRuleInput,
  async run({ tx, scope, input }) {
    scope.requireEveryAccount();
    const { organisationId, actor } = scope;
    const many = await tx.$count(auditAlertRules, eq(auditAlertRules.organisationId, organisationId));
    if (many >= mostRules) {
      throw new DomainError("conflict", `Nothing was made: there are ${mostRules} rules already.`);
    }
    const ruleId = newId("alr");
    const place = { organisationId, ruleId, before: [] };
    const { channels, secrets } = await storeChannels(tx, place, input.channels);
    const rule = { ...input, channels };
    await sayTaken(
      "rule",
      tx.insert(auditAlertRules).values({ ...rule, id: ruleId, organisationId, createdBy: actor.id }),
    );
    return {
      result: { ruleId, secrets },
      audit: {
        action: "alert_rule.create",
        object: { kind: "alert_rule", id: ruleId },
        after: ruleFacts({ ...rule, enabled: true }),
      },
    };
  },
});

export const ChangeAlertRuleInput = AlertRuleSettings.partial().extend({
  // A default would take the place of what was left out.
  match: AlertMatchInput.optional(),
  ruleId: Id,
  revision: Revision,
  enabled: z.boolean().optional(),
});

/** Changes a rule, switches it off or on. What was left out stays as it is. */
export const changeAlertRule = defineMutation({
  permission: "audit:manage",
  act: { action: "alert_rule.change", kind: "alert_rule", id: "ruleId" },
  input: ChangeAlertRuleInput,
  async run({ tx, scope, input: { ruleId, revision, channels: given, ...changes } }) {
    const before = await holdRule(tx, scope, ruleId, revision);
    const { organisationId } = scope;
    const place = { organisationId, ruleId, before: before.channels };
    const { channels, secrets } = given
      ? await storeChannels(tx, place, given)
      : { channels: before.channels, secrets: {} };
    const after = {
      name: changes.name ?? before.name,
      match: changes.match ?? before.match,
      threshold: changes.threshold ?? before.threshold,
      windowMinutes: changes.windowMinutes ?? before.windowMinutes,
      cooldownMinutes: changes.cooldownMinutes ?? before.cooldownMinutes,
      enabled: changes.enabled ?? before.enabled,
      channels,
    };
    const next = { ...after, revision: revision + 1 };
    await sayTaken("rule", tx.update(auditAlertRules).set(next).where(eq(auditAlertRules.id, ruleId)));
    return {
      result: { ruleId, revision: revision + 1, secrets },
      audit: {
        action: "alert_rule.change",
        object: { kind: "alert_rule", id: ruleId },
        before: ruleFacts(before),
        after: ruleFacts(after),
      },
    };
  },
});

export const DeleteAlertRuleInput = z.strictObject({ ruleId: Id });

/** Deletes a rule. The alerts that it raised stay. */
export const deleteAlertRule = defineMutation({
  permission: "audit:manage",
  act: { action: "alert_rule.delete", kind: "alert_rule", id: "ruleId" },
  input: DeleteAlertRuleInput,
  async run({ tx, scope, input: { ruleId } }) {
    const before = await holdRule(tx, scope, ruleId);
    await tx.delete(auditAlertRules).where(eq(auditAlertRules.id, ruleId));
    return {
      result: { ruleId },
      audit: {
        action: "alert_rule.delete",
        object: { kind: "alert_rule", id: ruleId },
        before: ruleFacts(before),
      },
    };
  },
});

export type HeldRule = Omit<typeof auditAlertRules.$inferSelect, "channels" | "match"> & {
  channels: AlertChannel[];
  match: ReturnType<typeof readMatch>;
};

/** The rule, held until the transaction ends. Throws `not_found`, or `conflict` when it isn't as it was read. */
export async function holdRule(
  tx: Transaction,
  scope: Scope,
  ruleId: string,
  revision?: number,
): Promise<HeldRule> {
  scope.requireEveryAccount();
  const [rule] = await tx
    .select()
    .from(auditAlertRules)
    .where(and(eq(auditAlertRules.id, ruleId), eq(auditAlertRules.organisationId, scope.organisationId)))
    .for("update");
  if (!rule) throw new DomainError("not_found", "There is no such rule.");
  if (revision !== undefined && revision !== rule.revision) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: somebody else has changed this rule meanwhile. Look at it again, and repeat what you meant.",
    );
  }
  return { ...rule, channels: rule.channels as AlertChannel[], match: readMatch(rule.match) };
}

/** What the trail keeps of a rule. */
const ruleFacts = ({
  name,
  match,
  threshold,
  windowMinutes,
  cooldownMinutes,
  enabled,
  channels,
}: Pick<
  HeldRule,
  "name" | "match" | "threshold" | "windowMinutes" | "cooldownMinutes" | "enabled" | "channels"
>) => ({
  ...{ name, match, threshold, windowMinutes, cooldownMinutes, enabled },
  channels: channelFacts(channels),
});
