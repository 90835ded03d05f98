import type { AuditResult } from "#db/audit/schema.ts";
import type { EntryMatch } from "../match.ts";

/** Which entries count towards an alert: acts that were refused or failed, of those that match. */
export type AlertMatch = Omit<EntryMatch, "results"> & { results: Exclude<AuditResult, "done">[] };

export const channelKinds = ["email", "slack", "discord", "webhook", "script", "custom"] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** A text that is sealed, and the key that it was sealed with. */
export type Sealed = {
  /** Base64. */
  sealed: string;
  keyId: string;
};

/** A channel as it is stored. What is secret of it is sealed for its rule and its own id. */
export type AlertChannel = { id: string } & (
  | { kind: "email"; userIds: string[] }
  /** Sealed is the address that the service gave out, which is all that it takes to write there. */
  | ({ kind: "slack" | "discord"; host: string } & Sealed)
  /** Sealed are `{ url, secret }`; the secret signs as Standard Webhooks has it. */
  | ({ kind: "webhook"; host: string } & Sealed)
  /** One of those that whoever runs Parapet has allowed, as it was when the rule was saved. */
  | { kind: "script"; script: string; arguments: string[]; sha256: string }
  /** Sealed are the handler's settings. */
  | ({ kind: "custom"; handler: string; names: string[] } & Sealed)
);

/** One of the newest entries that an alert counted. */
export type AlertSample = {
  entryId: string;
  /** ISO 8601. */
  at: string;
  action: string;
  result: AuditResult;
  actor: { kind: "user" | "system"; id: string };
  object: { kind: string; id: string };
};

/** What became of telling one channel, or one of its people. */
export type ChannelOutcome = {
  /** The channel's id, and with e-mail whom it goes to: `chn_…:usr_…`. */
  key: string;
  kind: ChannelKind;
  /** A host, the name of a script or handler, or a user's id. */
  to: string;
  /** `begun` is a script that may have run. */
  state: "waiting" | "begun" | "told" | "failed";
  attempts: number;
  error: string | null;
  /** ISO 8601, of the last change. */
  at: string;
};

/** What a channel tells. */
export type AlertNotice = {
  id: string;
  rule: { id: string; name: string };
  organisation: { id: string; name: string };
  count: number;
  threshold: number;
  windowMinutes: number;
  /** ISO 8601. */
  at: string;
  /** Where the trail is looked at. */
  url: string;
  /** Newest first, with the names of those who acted. */
  samples: (AlertSample & { actorName: string })[];
  /** Nothing happened: somebody tries the rule out. */
  test: boolean;
};

/** How many of the entries an alert shows. */
export const mostSamples = 5;

/** How long alerts are kept, in days. */
export const keptAlertDays = 365;
