import { createTransport } from "nodemailer";
import { DomainError } from "../errors.ts";
import { mailPassword, requireMailSettings } from "./settings.ts";

export type Message = {
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments?: { filename: string; contentType: string; content: string }[];
};

/** How long the server may be silent. */
const patienceMs = 15_000;

/**
 * Hands a message to the mail server. Throws a DomainError (`unavailable`) in words for whoever runs Parapet; never with
 * the password in it.
 *
 * @param messageId The same at each attempt, so that a server that took it and fell silent is not taken for two letters.
 */
export async function sendMail(message: Message, messageId: string): Promise<void> {
  const { host, port, secure, requireTls, user, from } = requireMailSettings();
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: requireTls,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // Nothing that a message quotes makes the worker read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === null ? {} : { auth: { user, pass: mailPassword() } }),
  });
  try {
    await transport.sendMail({
      ...message,
      // One address, whatever the text looks like.
      to: { name: "", address: message.to },
      subject: message.subject.replace(/\s+/gu, " ").slice(0, 200),
      from,
      messageId: `<${messageId}@${host}>`,
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
  } catch (error) {
    throw new DomainError("unavailable", explain(error, host, port), { cause: error });
  } finally {
    transport.close();
  }
}

function explain(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error && "response" in error ? ` It said: ${clean(error.response)}` : "";
  switch (code) {
    case "EAUTH":
      return `${host} refused the user or the password.${said}`;
    case "EENVELOPE":
      return `${host} refused the sender or the recipient.${said}`;
    case "EMESSAGE":
      return `${host} refused the message.${said}`;
    case "ETLS":
      return `The connection to ${host}:${port} could not be encrypted. Use smtps, or a server with STARTTLS.`;
    default:
      return `${host}:${port} could not be reached or broke off (${code || "no code"}).${said}`;
  }
}

/** What a server says goes onto a page and into the database. */
const clean = (response: unknown): string =>
  String(response)
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
    .slice(0, 200);
