import type { AlertMatch, AlertSample, ChannelOutcome } from "#lib/audit/alerts/model.ts";

/** A channel of a rule as its readers see it; never what is secret of it. */
export type ChannelView = { id: string } & (
  | {
      kind: "email";
      /** `active` is false for those who can't sign in any more, and aren't told. */
      people: { id: string; name: string; active: boolean }[];
    }
  | { kind: "slack" | "discord" | "webhook"; host: string }
  | { kind: "script"; script: string; arguments: string[] }
  | { kind: "custom"; handler: string }
);

export type AlertRuleView = {
  id: string;
  name: string;
  match: AlertMatch;
  threshold: number;
  windowMinutes: number;
  cooldownMinutes: number;
  channels: ChannelView[];
  enabled: boolean;
  lastFiredAt: string | null;
  /** Until when it is silent; null when it isn't. */
  silentUntil: string | null;
  revision: number;
  createdBy: { id: string; name: string };
  createdAt: string;
};

export type AlertView = {
  id: string;
  /** Null once the rule was deleted. */
  ruleId: string | null;
  name: string;
  count: number;
  threshold: number;
  windowMinutes: number;
  at: string;
  samples: (AlertSample & { actorName: string })[];
  /** `name` is a person's with e-mail, and `to` with the others. */
  outcomes: (ChannelOutcome & { name: string })[];
};

export type AlertPage = { alerts: AlertView[]; next: string | null };
