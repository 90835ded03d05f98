import { CopyButton } from "#components/ui/copy-button.tsx";

/** A secret, the one time that it is shown. */
export function SecretOnce({ secret, label }: { secret: string; label?: string }) {
  return (
    <div className="grid gap-3">
      <p className="text-14 text-pretty text-ink-soft">
        {label ? `${label}: this` : "This"} is the only time that it is shown. Give it to the receiver, which
        checks with it that what it gets comes from Parapet, as{" "}
        <a
          href="https://www.standardwebhooks.com"
          rel="noreferrer"
          target="_blank"
          className="text-accent underline underline-offset-2"
        >
          Standard Webhooks
        </a>{" "}
        has it.
      </p>
      <div className="flex items-center gap-2 rounded border border-line-strong bg-inset py-1.5 pr-1.5 pl-3">
        <code data-testid="new-secret" className="min-w-0 flex-1 font-mono text-13 break-all">
          {secret}
        </code>
        <CopyButton text={secret} label="Copy the secret" />
      </div>
    </div>
  );
}
