import { z } from "zod";
import { DomainError } from "../../../errors.ts";
import { signatureHeaders } from "../../../remediation/kinds/post-webhook.ts";
import { type Answer, postTo } from "../../streams/send.ts";
import { openChannel } from "../channel-secret.ts";
import type { AlertChannel, AlertNotice } from "../model.ts";
import { discordMessage, slackMessage, webhookMessage } from "./messages.ts";
import type { TellContext, Told } from "./tell.ts";

/** What is sealed of a channel that is posted to. */
export const WebSecret = z.object({
  url: z.string(),
  /** Of a webhook of one's own, in Base64. */
  secret: z.string().nullable(),
});

const defaultTimeoutMs = 10_000;

/** Posts to Slack, Discord or a webhook of one's own. */
export async function tellByPost(
  channel: Extract<AlertChannel, { kind: "slack" | "discord" | "webhook" }>,
  notice: AlertNotice,
  context: TellContext,
): Promise<Told> {
  const { organisationId, ruleId, signal, timeoutMs = defaultTimeoutMs, allowLoopback = false } = context;
  let secret: z.output<typeof WebSecret>;
  try {
    const text = openChannel({ organisationId, ruleId, channelId: channel.id }, channel);
    secret = WebSecret.parse(JSON.parse(text));
  } catch (error) {
    // The key may be back within the day.
    if (error instanceof DomainError) return { outcome: "failed", error: error.message };
    throw error;
  }
  const body = JSON.stringify(bodyOf(channel.kind, notice));
  const headers: Record<string, string> = secret.secret
    ? signatureHeaders(notice.id, body, [secret.secret], new Date())
    : {};
  const answer = await postTo({ url: secret.url, body, headers, timeoutMs, signal, allowLoopback });
  signal.throwIfAborted();
  return toldBy(answer);
}

function bodyOf(kind: "slack" | "discord" | "webhook", notice: AlertNotice): object {
  if (kind === "slack") return slackMessage(notice);
  return kind === "discord" ? discordMessage(notice) : webhookMessage(notice);
}

/** An address that the service has withdrawn, or that was mistyped, won't be better tomorrow. */
function toldBy(answer: Answer): Told {
  if (answer.outcome === "delivered") return { outcome: "told" };
  const { status, error } = answer;
  const isFinal =
    answer.outcome !== "failed" ||
    (status !== null && status >= 300 && status < 500 && ![408, 425, 429].includes(status));
  return { outcome: isFinal ? "refused" : "failed", error };
}
