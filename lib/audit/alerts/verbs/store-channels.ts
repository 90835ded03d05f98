import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { users } from "#db/identity/schema.ts";
import { DomainError } from "../../../errors.ts";
import { newSecret, secretText } from "../../streams/stream-secret.ts";
import { openChannel, sealChannel } from "../channel-secret.ts";
import { allowedScript } from "../channels/script.ts";
import { WebSecret } from "../channels/web.ts";
import { alertHandlerOf } from "../handler.ts";
import type { AlertChannel } from "../model.ts";
import type { ChannelInput } from "./inputs.ts";

export type StoredChannels = {
  channels: AlertChannel[];
  /** Secrets of new webhooks, by channel id: told once. */
  secrets: Record<string, string>;
};

type Rule = { organisationId: string; ruleId: string; before: readonly AlertChannel[] };

/** Checks what was entered, and seals what is secret of it. Throws a DomainError in words for whoever entered it. */
export async function storeChannels(
  tx: Transaction,
  rule: Rule,
  given: readonly ChannelInput[],
): Promise<StoredChannels> {
  const stored: StoredChannels = { channels: [], secrets: {} };
  for (const [at, channel] of given.entries()) {
    const before = rule.before.find(({ id, kind }) => id === channel.id && kind === channel.kind);
    if (channel.id !== undefined && !before) refuse(at, "id", "The rule has no such channel.");
    const id = before?.id ?? newId("chn");
    if (stored.channels.some((each) => each.id === id)) refuse(at, "id", "Each channel stands once.");
    stored.channels.push(await storeOne(tx, rule, { at, id, before }, channel, stored.secrets));
  }
  return stored;
}

type Place = { at: number; id: string; before: AlertChannel | undefined };

async function storeOne(
  tx: Transaction,
  rule: Rule,
  place: Place,
  channel: ChannelInput,
  secrets: Record<string, string>,
): Promise<AlertChannel> {
  const { id, at } = place;
  switch (channel.kind) {
    case "email": {
      const userIds = [...new Set(channel.userIds)];
      await checkPeople(tx, rule.organisationId, at, userIds);
      return { id, kind: "email", userIds };
    }
    case "script": {
      const { script, arguments: given } = channel;
      return { id, kind: "script", script, arguments: given, sha256: allowedScript(script, given).sha256 };
    }
    case "custom":
      return storeCustom(rule, place, channel);
    default:
      return storeWeb(rule, place, channel, secrets);
  }
}

function storeWeb(
  rule: Rule,
  { at, id, before }: Place,
  { kind, url }: Extract<ChannelInput, { kind: "slack" | "discord" | "webhook" }>,
  secrets: Record<string, string>,
): AlertChannel {
  const held = before && "sealed" in before && before.kind === kind ? before : null;
  if (url === undefined) return held ?? refuse(at, "url", "Enter the address.");
  const place = { organisationId: rule.organisationId, ruleId: rule.ruleId, channelId: id };
  let secret: string | null = null;
  if (kind === "webhook") {
    // Another address keeps the secret: who changes it still knows it.
    secret = held ? WebSecret.parse(JSON.parse(openChannel(place, held))).secret : newSecret();
    if (!held && secret) secrets[id] = secretText(secret);
  }
  const { host } = new URL(url);
  return { id, kind, host, ...sealChannel(place, JSON.stringify({ url, secret })) };
}

function storeCustom(
  rule: Rule,
  { at, id, before }: Place,
  { handler: kind, settings }: Extract<ChannelInput, { kind: "custom" }>,
): AlertChannel {
  const handler = alertHandlerOf(kind);
  if (!handler) return refuse(at, "handler", `No alert handler ${kind} is registered here.`);
  const held = before?.kind === "custom" && before.handler === kind ? before : null;
  if (settings === undefined && held) return held;
  const names = handler.settings.map(({ name }) => name);
  const lacking = handler.settings.find(({ name }) => !settings?.[name]?.trim());
  if (lacking) return refuse(at, "settings", `${handler.title} needs: ${lacking.title}.`);
  const kept = Object.fromEntries(names.map((name) => [name, settings?.[name] ?? ""]));
  const place = { organisationId: rule.organisationId, ruleId: rule.ruleId, channelId: id };
  return { id, kind: "custom", handler: kind, names, ...sealChannel(place, JSON.stringify(kept)) };
}

async function checkPeople(
  tx: Transaction,
  organisationId: string,
  at: number,
  userIds: readonly string[],
): Promise<void> {
  const known = await tx.$count(
    users,
    and(eq(users.organisationId, organisationId), inArray(users.id, [...userIds]), isNull(users.disabledAt)),
  );
  if (known !== userIds.length) refuse(at, "userIds", "Choose people who can sign in.");
}

function refuse(at: number, field: string, message: string): never {
  const fields = { [`channels.${at}.${field}`]: message };
  throw new DomainError("invalid_input", `Nothing was changed. ${message}`, { fields });
}

/** What the trail keeps of channels: nobody's address, and nothing secret. */
export const channelFacts = (channels: readonly AlertChannel[]) =>
  channels.map((channel) => {
    switch (channel.kind) {
      case "email":
        return { kind: channel.kind, users: channel.userIds };
      case "script":
        return { kind: channel.kind, script: channel.script, sha256: channel.sha256 };
      case "custom":
        return { kind: channel.kind, handler: channel.handler };
      default:
        return { kind: channel.kind, host: channel.host };
    }
  });
