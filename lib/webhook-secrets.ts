/** A secret that webhooks are signed with, as PARAPET_WEBHOOK_SECRETS has it, without the prefix. */
export type WebhookSecret = { name: string; base64: string };

/** Null when the list won't do; which part of it is not said, since that may be a secret. */
export function parseWebhookSecrets(text: string): WebhookSecret[] | null {
  const secrets: WebhookSecret[] = [];
  for (const entry of text.split(",").map((part) => part.trim())) {
    const [, name, base64] = /^([a-z][a-z0-9-]{0,39}):whsec_([A-Za-z0-9+/]+={0,2})$/.exec(entry) ?? [];
    if (!name || !base64) return null;
    const { length } = Buffer.from(base64, "base64");
    // What Standard Webhooks asks of a secret.
    if (length < 24 || length > 64) return null;
    secrets.push({ name, base64 });
  }
  return secrets;
}
