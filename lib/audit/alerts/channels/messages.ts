import type { AlertNotice } from "../model.ts";
import { sayAlert, sayMinutes, saySample } from "../notice.ts";

/** One line, without what could start another or run the wrong way. */
const line = (text: string, limit: number): string => {
  const clean = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
};

const limitOf = ({ threshold, windowMinutes }: AlertNotice): string =>
  `Limit: ${threshold} within ${sayMinutes(windowMinutes)}`;

const titleOf = ({ rule, test }: AlertNotice): string => `${test ? "Test: " : ""}${rule.name}`;

/** What Slack takes for markup in its own text; it has no other way to be told that something isn't. */
const escapeSlack = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A message of Slack's incoming webhooks: https://api.slack.com/messaging/webhooks */
export function slackMessage(notice: AlertNotice): object {
  const lead = sayAlert(notice);
  const samples = notice.test
    ? []
    : [
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_preformatted",
              elements: [
                {
                  type: "text",
                  text: notice.samples.map((each) => line(saySample(each), 300)).join("\n") || "–",
                },
              ],
            },
          ],
        },
      ];
  const context = `${escapeSlack(line(notice.organisation.name, 100))} · ${limitOf(notice)} · <${notice.url}|Open the audit trail>`;
  return {
    // What a notification on a phone shows.
    text: escapeSlack(`${line(titleOf(notice), 150)}: ${lead}`),
    blocks: [
      { type: "header", text: { type: "plain_text", text: line(titleOf(notice), 150), emoji: false } },
      { type: "section", text: { type: "plain_text", text: lead, emoji: false } },
      ...samples,
      { type: "context", elements: [{ type: "mrkdwn", text: context }] },
    ],
    unfurl_links: false,
  };
}

/** Every mark that Discord's Markdown knows, so that names stay names. */
const escapeDiscord = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@]/g, "\\$&");

const crimson = 0xb3261e;
const teal = 0x0f5f66;

/** A message of Discord's webhooks: https://discord.com/developers/docs/resources/webhook#execute-webhook */
export function discordMessage(notice: AlertNotice): object {
  const lines = notice.test
    ? []
    : notice.samples.map((each) => `• ${escapeDiscord(line(saySample(each), 300))}`);
  return {
    // Nobody is called by name, whatever an entry holds.
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: escapeDiscord(line(titleOf(notice), 120)),
        url: notice.url,
        description: [sayAlert(notice), ...lines].join("\n").slice(0, 4_000),
        color: notice.test ? teal : crimson,
        timestamp: notice.at,
        footer: { text: `${line(notice.organisation.name, 100)} · ${limitOf(notice)}` },
      },
    ],
  };
}

/** What a webhook of one's own gets. */
export const webhookMessage = ({ test, ...notice }: AlertNotice): object => ({
  type: test ? "audit.alert_test" : "audit.alert",
  timestamp: notice.at,
  data: notice,
});
