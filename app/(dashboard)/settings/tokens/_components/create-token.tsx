"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Permission } from "#lib/auth/permissions.ts";
import { createTokenAction } from "../actions.ts";
import { TokenFields } from "./token-fields.tsx";

export type PermissionChoice = { permission: Permission; words: string };
export type TokenDraft = { name: string; permissions: Permission[]; expiresInDays: number };

const isReading = ({ permission }: PermissionChoice) => permission.endsWith(":read");

/** Makes a token and shows it, once. */
export function CreateToken({ choices, now }: { choices: PermissionChoice[]; now: string }) {
  const blank = (): TokenDraft => ({
    name: "",
    permissions: choices.filter(isReading).map(({ permission }) => permission),
    expiresInDays: 90,
  });
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(blank);
  const [made, setMade] = useState<string | null>(null);
  const [problem, setProblem] = useState<{
    message: string;
    fields: Readonly<Record<string, string>>;
  } | null>(null);
  const [pending, startTransition] = useTransition();
  const start = () => {
    setDraft(blank());
    setMade(null);
    setProblem(null);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setMade(null);
  };
  const create = () =>
    startTransition(async () => {
      const result = await createTokenAction(draft);
      setProblem(result.ok ? null : result);
      if (result.ok) setMade(result.value.token);
    });
  return (
    <>
      <Button look="primary" onClick={start}>
        New token
      </Button>
      <Dialog
        wide
        open={open}
        onClose={close}
        title={made ? "Copy the token now" : "New API token"}
        footer={
          made ? (
            <Button look="primary" onClick={close}>
              I have copied it
            </Button>
          ) : (
            <>
              <Button look="plain" onClick={close}>
                Cancel
              </Button>
              <Button look="primary" type="submit" form="new-token" aria-disabled={pending}>
                {pending ? "Making…" : "Make the token"}
              </Button>
            </>
          )
        }
      >
        {made ? (
          <MadeToken token={made} />
        ) : (
          <form
            id="new-token"
            onSubmit={(event) => {
              event.preventDefault();
              if (!pending) create();
            }}
          >
            <TokenFields
              draft={draft}
              onChange={setDraft}
              choices={choices}
              problems={problem?.fields ?? {}}
              now={now}
            />
            {problem && Object.keys(problem.fields).length === 0 ? (
              <p role="alert" className="mt-4 text-13 text-danger">
                {problem.message}
              </p>
            ) : null}
          </form>
        )}
      </Dialog>
    </>
  );
}

function MadeToken({ token }: { token: string }) {
  return (
    <div className="grid gap-3">
      <p className="text-14 text-pretty text-ink-soft">
        This is the only time that it is shown: Parapet keeps its fingerprint alone. Put it where secrets are
        kept, such as your pipeline's secret store.
      </p>
      <div className="flex items-center gap-2 rounded border border-line-strong bg-inset py-1.5 pr-1.5 pl-3">
        <code data-testid="new-token" className="min-w-0 flex-1 font-mono text-13 break-all">
          {token}
        </code>
        <CopyButton text={token} label="Copy the token" />
      </div>
      <p className="text-13 text-ink-faint">
        The command line takes it as <code className="font-mono">PARAPET_TOKEN</code>, beside{" "}
        <code className="font-mono">PARAPET_URL</code>.
      </p>
    </div>
  );
}
