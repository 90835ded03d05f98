import { z } from "zod";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import type { Scope } from "../../../auth/scope.ts";
import { defineMutation } from "../../../mutation.ts";
import { Id } from "../../streams/verbs/inputs.ts";
import { tell } from "../channels/tell.ts";
import { outcomesOf } from "../evaluate.ts";
import type { ChannelKind } from "../model.ts";
import { noticeOf } from "../notice.ts";
import type { TellingOptions } from "../perform-telling.ts";
import { holdRule } from "./save-alert-rule.ts";

export const TestAlertRuleInput = z.strictObject({ ruleId: Id });

/** Notes that somebody tries a rule's channels out, and gives what it takes to. */
export const startAlertTest = defineMutation({
  permission: "audit:manage",
  act: { action: "alert_rule.test", kind: "alert_rule", id: "ruleId" },
  input: TestAlertRuleInput,
  async run({ tx, scope, input: { ruleId } }) {
    const rule = await holdRule(tx, scope, ruleId);
    return {
      result: rule,
      audit: { action: "alert_rule.test", object: { kind: "alert_rule", id: ruleId } },
    };
  },
});

/** What a test came to for one channel, or one of its people. */
export type ChannelTest = { kind: ChannelKind; to: string; told: boolean; error: string | null };

/** Tells every channel of a rule that this is a test, at once. What goes wrong is a result. */
export async function testAlertRule(
  db: Database,
  scope: Scope,
  input: z.input<typeof TestAlertRuleInput>,
  options: TellingOptions = {},
): Promise<ChannelTest[]> {
  const rule = await startAlertTest(db, scope, input);
  const { organisationId, name, threshold, windowMinutes } = rule;
  const at = new Date();
  const notice = await noticeOf(db, {
    ...{ id: newId("alt"), organisationId, ruleId: rule.id, name, threshold, windowMinutes, at },
    ...{ count: 0, samples: [], test: true },
  });
  const wanted = rule.channels.flatMap((channel) =>
    outcomesOf(channel, at).map((outcome) => ({ channel, outcome })),
  );
  return Promise.all(
    wanted.map(async ({ channel, outcome: { kind, to } }) => {
      const told = await tell(channel, notice, {
        ...{ db, organisationId, ruleId: rule.id, userId: kind === "email" ? to : null },
        ...{ begun: false, begin: async () => undefined },
        timeoutMs: options.timeoutMs ?? 10_000,
        allowLoopback: options.allowLoopback ?? false,
        signal: options.signal ?? new AbortController().signal,
      });
      return { kind, to, told: told.outcome === "told", error: told.outcome === "told" ? null : told.error };
    }),
  );
}
