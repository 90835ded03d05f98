import { z } from "zod";
import { cut, readAndUnread } from "../answers.ts";
import { subscriptionUid } from "./arm.ts";
import type { AzureCollector } from "./collector.ts";
import type { DefenderPlan, SecurityContact } from "./defender.kinds.ts";
import { parseAnswer } from "./untyped.ts";

const pricingsRead = "Microsoft.Security/pricings/read";
const contactsRead = "Microsoft.Security/securityContacts/read";
const settingsRead = "Microsoft.Security/settings/read";

/** By these, the provider says that Defender for Cloud was never set up for the subscription. */
const absent = [
  "Subscription Not Registered",
  "SubscriptionNotRegistered",
  "MissingSubscriptionRegistration",
];

/** Reads Defender for Cloud: its plans, whom it tells, and what it is tied to. */
export const defenderSubscription: AzureCollector<"azure.defender.subscription"> = {
  kind: "azure.defender.subscription",
  cloud: "azure",
  service: "defender",
  scope: "global",
  permissions: [pricingsRead, contactsRead, settingsRead],
  async *collect(context) {
    const { account, clients, signal, read } = context;
    const uid = subscriptionUid(context, "Microsoft.Security");
    const list = <T>(operation: string, type: string, apiVersion: string, toItem: (item: unknown) => T) =>
      read(
        uid,
        operation,
        async () => {
          const path = `/subscriptions/${account}/providers/Microsoft.Security/${type}`;
          const items: T[] = [];
          for await (const page of clients.securityReader.list(path, { apiVersion, signal }).byPage()) {
            items.push(...page.map(toItem));
          }
          return items;
        },
        { absent },
      );
    const [plans, contacts, settings] = await Promise.all([
      list(pricingsRead, "pricings", "2024-01-01", toPlan),
      list(contactsRead, "securityContacts", "2023-12-01-preview", toContact),
      list(settingsRead, "settings", "2022-05-01", toSetting),
    ]);
    const facets = readAndUnread({ plans, contacts, settings });
    yield {
      uid,
      kind: "azure.defender.subscription",
      account,
      region: "global",
      name: account,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};

/** Azure's switches: a word, or a boolean where the service was written later. */
const switchSchema = z
  .union([z.boolean(), z.enum(["True", "False", "On", "Off"])])
  .transform((value) => value === true || value === "True" || value === "On");

const planSchema = z.object({
  name: z.string(),
  properties: z.object({
    pricingTier: z.enum(["Free", "Standard"]),
    subPlan: z.string().nullish(),
    extensions: z.array(z.object({ name: z.string(), isEnabled: switchSchema })).nullish(),
  }),
});

function toPlan(item: unknown): DefenderPlan {
  const { name, properties } = parseAnswer(planSchema, item, "plan");
  return {
    name: cut(name),
    tier: properties.pricingTier,
    subPlan: properties.subPlan ? cut(properties.subPlan) : null,
    extensions: (properties.extensions ?? []).map((one) => ({ name: cut(one.name), enabled: one.isEnabled })),
  };
}

const contactSchema = z.object({
  name: z.string(),
  properties: z.object({
    isEnabled: z.boolean().nullish(),
    emails: z.string().nullish(),
    notificationsByRole: z
      .object({ state: switchSchema.nullish(), roles: z.array(z.string()).nullish() })
      .nullish(),
    notificationsSources: z
      .array(
        z.object({
          minimalSeverity: z.string().nullish(),
          minimalRiskLevel: z.string().nullish(),
        }),
      )
      .nullish(),
  }),
});

function toContact(item: unknown): SecurityContact {
  const { name, properties } = parseAnswer(contactSchema, item, "security contact");
  const { isEnabled, emails, notificationsByRole: byRole, notificationsSources } = properties;
  const sources = notificationsSources ?? [];
  return {
    name: cut(name),
    // Contacts from before there was such a switch are on.
    enabled: isEnabled ?? true,
    emails: (emails ?? "").split(/[;,]/).flatMap((email) => (email.trim() ? [cut(email.trim())] : [])),
    roles: byRole?.state ? (byRole.roles ?? []).map(cut) : [],
    alertSeverity: sources.find((source) => source.minimalSeverity)?.minimalSeverity ?? null,
    attackPathRisk: sources.find((source) => source.minimalRiskLevel)?.minimalRiskLevel ?? null,
  };
}

const settingSchema = z.object({ name: z.string(), properties: z.object({ enabled: z.boolean() }) });

function toSetting(item: unknown): { name: string; enabled: boolean } {
  const { name, properties } = parseAnswer(settingSchema, item, "setting");
  return { name: cut(name), enabled: properties.enabled };
}
