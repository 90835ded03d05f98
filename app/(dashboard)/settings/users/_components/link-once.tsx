"use client";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { exactTime } from "#components/ui/relative-time.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ShownLink } from "../actions.ts";

/** A link to hand over. It is read here or never: only its hash is kept. */
export function LinkOnce({ link, name }: { link: ShownLink; name: string }) {
  return (
    <div role="status" className="grid gap-3 rounded border border-accent bg-selected px-4 py-3.5">
      <p className="max-w-[64ch] text-14 text-pretty">
        <span className="font-[540]">
          Hand this link to <Untrusted text={name} limit={100} />.
        </span>{" "}
        <span className="text-ink-soft">
          By it they {link.kind === "invitation" ? "set a password and come in" : "set another password"}. It
          works once, until {exactTime(link.expiresAt)}, and is shown only now: Parapet keeps no copy. Whoever
          has it can use it, so send it by a way you trust.
        </span>
      </p>
      <div className="flex min-w-0 items-center gap-1 rounded border border-line-strong bg-surface pl-3">
        <input
          readOnly
          aria-label="The link"
          value={link.url}
          onFocus={({ target }) => target.select()}
          className="h-9 min-w-0 flex-1 truncate bg-transparent font-mono text-12 outline-none max-sm:h-10"
        />
        <CopyButton text={link.url} label="Copy the link" />
      </div>
    </div>
  );
}
