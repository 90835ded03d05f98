"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { MailSettings } from "#lib/mail/settings.ts";
import { sendTestMailAction } from "../actions.ts";

/** Where e-mail goes out, and whether it does. */
export function MailPart({ settings, may }: { settings: MailSettings | null; may: boolean }) {
  const [answer, setAnswer] = useState<{ fine: boolean; text: string }>();
  const [pending, start] = useTransition();
  const send = () =>
    start(async () => {
      const result = await sendTestMailAction();
      if (!result.ok) return setAnswer({ fine: false, text: result.message });
      const { to, sent, error } = result.value;
      setAnswer(
        sent
          ? { fine: true, text: `The mail server took it. Look into the inbox of ${to}.` }
          : { fine: false, text: error ?? "It could not be sent." },
      );
    });
  if (!settings) {
    return (
      <div className="max-w-3xl border-y border-line py-4">
        <p className="text-14 text-pretty">
          No mail server is set up, so approvals are announced in Parapet alone.
        </p>
        <p className="mt-1 text-13 text-pretty text-ink-soft">
          Give every process of Parapet <code className="font-mono text-12">PARAPET_SMTP_URL</code>, such as{" "}
          <code className="font-mono text-12">smtps://user:password@mail.example.com</code>, and{" "}
          <code className="font-mono text-12">PARAPET_MAIL_FROM</code>, and start them again.
        </p>
      </div>
    );
  }
  const { host, port, secure, requireTls, user, from } = settings;
  return (
    <div className="max-w-3xl">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 border-y border-line py-3 text-14">
        <dt className="py-1 text-ink-faint">Server</dt>
        <dd className="py-1 font-mono text-13">
          {host}:{port}
        </dd>
        <dt className="py-1 text-ink-faint">Encryption</dt>
        <dd className="py-1">
          {secure
            ? "TLS from the first byte"
            : requireTls
              ? "STARTTLS, always"
              : "STARTTLS where it is offered"}
        </dd>
        <dt className="py-1 text-ink-faint">Signs in as</dt>
        <dd className="py-1">{user ? visibleText(user) : "nobody"}</dd>
        <dt className="py-1 text-ink-faint">Sender</dt>
        <dd className="py-1">{visibleText(from)}</dd>
      </dl>
      {may ? (
        <Button className="mt-4" aria-disabled={pending} onClick={() => pending || send()}>
          {pending ? "Sending…" : "Send a test to me"}
        </Button>
      ) : null}
      {answer ? (
        <div role="status" className="mt-3">
          <Notice tone={answer.fine ? "quiet" : "danger"}>{visibleText(answer.text)}</Notice>
        </div>
      ) : null}
    </div>
  );
}
