import { env, isLoopback } from "../env.ts";
import { DomainError } from "../errors.ts";

export type MailSettings = {
  host: string;
  port: number;
  /** TLS from the first byte on; otherwise STARTTLS where the server offers it. */
  secure: boolean;
  /** No word goes out before the connection is encrypted: always, but for a server on this machine. */
  requireTls: boolean;
  user: string | null;
  from: string;
};

/** Where e-mail goes out, without the password; null when no server is configured. */
export function mailSettings(): MailSettings | null {
  const { mail } = env();
  if (!mail) return null;
  const url = new URL(mail.url);
  const secure = url.protocol === "smtps:";
  return {
    host: url.hostname,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTls: !secure && !isLoopback(url.hostname.replace(/^\[|\]$/g, "")),
    user: url.username ? decodeURIComponent(url.username) : null,
    from: mail.from,
  };
}

/** As `mailSettings`. Throws a DomainError (`unavailable`) when no server is configured. */
export function requireMailSettings(): MailSettings {
  const settings = mailSettings();
  if (settings) return settings;
  throw new DomainError(
    "unavailable",
    "No e-mail was sent: set PARAPET_SMTP_URL and PARAPET_MAIL_FROM for every process of Parapet, and start them again.",
  );
}

/** The password that goes with them; to be handed to the mail server alone. */
export function mailPassword(): string {
  const { mail } = env();
  return mail ? decodeURIComponent(new URL(mail.url).password) : "";
}
