import type { Store } from "#db/client.ts";
import type { AlertChannel, AlertNotice } from "../model.ts";
import { tellByCustom } from "./custom.ts";
import { tellByEmail } from "./email.ts";
import { tellByScript } from "./script.ts";
import { tellByPost } from "./web.ts";

/** What it takes to tell somebody, apart from what is told. */
export type TellContext = {
  db: Store;
  organisationId: string;
  ruleId: string;
  signal: AbortSignal;
  /** Where the channel is e-mail: who it goes to. */
  userId: string | null;
  /** Whether an earlier attempt began and nobody knows how it ended. */
  begun: boolean;
  /** Before something is done that must not be done twice; committed when the promise resolves. */
  begin(): Promise<void>;
  timeoutMs?: number;
  /** For tests: this machine may be reached, and without TLS. */
  allowLoopback?: boolean;
};

/** How telling ended: `failed` may pass by itself, `refused` won't. */
export type Told = { outcome: "told" } | { outcome: "failed" | "refused"; error: string };

/** Tells one channel. What goes wrong is a result, in words for an administrator and without secrets. */
export function tell(channel: AlertChannel, notice: AlertNotice, context: TellContext): Promise<Told> {
  switch (channel.kind) {
    case "email":
      return tellByEmail(notice, context);
    case "slack":
    case "discord":
    case "webhook":
      return tellByPost(channel, notice, context);
    case "script":
      return tellByScript(channel, notice, context);
    case "custom":
      return tellByCustom(channel, notice, context);
  }
}
