import { z } from "zod";
import { Id, WebhookUrl } from "../../streams/verbs/inputs.ts";
import { AlertMatchInput } from "../read-rule.ts";

const channelId = Id.optional();

/** A channel as somebody enters it. With the id of one that is there, a secret left out stays as it is. */
export const ChannelInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("email"),
    id: channelId,
    userIds: z.array(Id).min(1, "Choose who is told.").max(50),
  }),
  z.strictObject({ kind: z.enum(["slack", "discord"]), id: channelId, url: WebhookUrl.optional() }),
  /** Signed by a secret that is made up here, and told once. */
  z.strictObject({ kind: z.literal("webhook"), id: channelId, url: WebhookUrl.optional() }),
  z.strictObject({
    kind: z.literal("script"),
    id: channelId,
    script: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "The name of a script, as PARAPET_SCRIPTS lists it."),
    arguments: z.array(z.string().max(1_000)).max(20).default([]),
  }),
  z.strictObject({
    kind: z.literal("custom"),
    id: channelId,
    handler: z.string().min(1).max(40),
    settings: z.record(z.string().max(60), z.string().max(2_000)).optional(),
  }),
]);
export type ChannelInput = z.output<typeof ChannelInput>;

const whole = (most: number) => {
  const message = `A whole number from 1 to ${most.toLocaleString("en")}.`;
  return z.int(message).min(1, message).max(most, message);
};
const minutes = whole(10_080);

/** What whoever makes or changes a rule says of it. */
export const AlertRuleSettings = z.strictObject({
  name: z.string().trim().min(1, "Give it a name.").max(80, "At most 80 characters."),
  match: AlertMatchInput.default(AlertMatchInput.parse({})),
  /** As many acts within the window raise an alert. */
  threshold: whole(100_000),
  windowMinutes: minutes,
  /** How long the rule is silent after an alert. */
  cooldownMinutes: minutes,
  channels: z.array(ChannelInput).min(1, "Choose how people are told.").max(10),
});
