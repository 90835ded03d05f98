import type { AlertRuleView, ChannelView } from "#db/audit/alert-model.ts";
import type { ChannelKind } from "#lib/audit/alerts/model.ts";
import { draftOf, type MatchDraft, matchOf } from "../_match/match-draft.ts";

/** A channel as its form holds it. */
export type ChannelDraft = {
  /** Tells drafts apart while they are edited. */
  key: string;
  /** Of one that is stored. */
  id?: string;
  kind: ChannelKind;
  userIds: string[];
  /** Empty where what is stored stays. */
  url: string;
  /** Of what is stored. */
  host: string | null;
  /** Of a script, or the kind of a handler. */
  name: string;
  /** One a line. */
  arguments: string;
  settings: Record<string, string>;
};

export type RuleDraft = {
  name: string;
  match: MatchDraft;
  threshold: string;
  windowMinutes: string;
  cooldownMinutes: string;
  channels: ChannelDraft[];
};

export const blankChannel = (kind: ChannelKind, key: string): ChannelDraft => ({
  ...{ key, kind, userIds: [], url: "", host: null, name: "", arguments: "", settings: {} },
});

export function ruleDraftOf(rule: AlertRuleView | null): RuleDraft {
  if (!rule) {
    return {
      name: "",
      match: { actions: "", objectKinds: "", actors: [], results: ["failed", "refused"] },
      ...{ threshold: "10", windowMinutes: "10", cooldownMinutes: "60" },
      channels: [blankChannel("email", "first")],
    };
  }
  return {
    name: rule.name,
    match: draftOf(rule.match),
    threshold: String(rule.threshold),
    windowMinutes: String(rule.windowMinutes),
    cooldownMinutes: String(rule.cooldownMinutes),
    channels: rule.channels.map(channelDraftOf),
  };
}

function channelDraftOf(channel: ChannelView): ChannelDraft {
  const draft = { ...blankChannel(channel.kind, channel.id), id: channel.id };
  switch (channel.kind) {
    case "email":
      return { ...draft, userIds: channel.people.filter(({ active }) => active).map(({ id }) => id) };
    case "script":
      return { ...draft, name: channel.script, arguments: channel.arguments.join("\n") };
    case "custom":
      return { ...draft, name: channel.handler };
    default:
      return { ...draft, host: channel.host };
  }
}

/** The input of the verbs. Numbers that are none come out as NaN, which they refuse in words. */
export function ruleInputOf(draft: RuleDraft) {
  const { results, ...match } = matchOf(draft.match);
  return {
    name: draft.name,
    match: { ...match, results: results.filter((result) => result !== "done") },
    threshold: numberIn(draft.threshold),
    windowMinutes: numberIn(draft.windowMinutes),
    cooldownMinutes: numberIn(draft.cooldownMinutes),
    channels: draft.channels.map(channelInputOf),
  };
}

const numberIn = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN);

function channelInputOf(draft: ChannelDraft) {
  const id = draft.id === undefined ? {} : { id: draft.id };
  switch (draft.kind) {
    case "email":
      return { ...id, kind: draft.kind, userIds: draft.userIds };
    case "script":
      return { ...id, kind: draft.kind, script: draft.name, arguments: linesIn(draft.arguments) };
    case "custom": {
      const isKept = draft.id !== undefined && Object.values(draft.settings).every((value) => value === "");
      return {
        ...{ ...id, kind: draft.kind, handler: draft.name },
        ...(isKept ? {} : { settings: draft.settings }),
      };
    }
    default:
      return { ...id, kind: draft.kind, ...(draft.url.trim() === "" ? {} : { url: draft.url }) };
  }
}

const linesIn = (text: string): string[] => text.split("\n").filter((line) => line !== "");
