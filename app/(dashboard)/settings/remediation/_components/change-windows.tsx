"use client";
import { useState, useTransition } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ChangeWindow } from "#db/remediation/model.ts";
import { deleteWindowAction } from "../actions.ts";
import { sayDays, sayHours } from "../window-draft.ts";
import { WindowDialog } from "./window-dialog.tsx";

export type AccountChoice = { id: string; name: string };
/** `opens`: the moment, ISO, at which it is open next; null when not within two weeks. */
type ShownWindow = ChangeWindow & { open: boolean; opens: string | null };

/** When which accounts may be changed. */
export function ChangeWindows({
  windows,
  accounts,
  may,
  mayForAll,
  now,
}: {
  windows: readonly ShownWindow[];
  accounts: readonly AccountChoice[];
  may: boolean;
  /** Whether also those for all accounts. */
  mayForAll: boolean;
  now: string;
}) {
  const [edited, setEdited] = useState<ShownWindow | "new">();
  const [removed, setRemoved] = useState<ShownWindow>();
  return (
    <div className="max-w-3xl">
      {windows.length === 0 ? (
        <p className="border-y border-line py-4 text-14 text-pretty text-ink-soft">
          No change window is set: approved fixes may begin at any time.
        </p>
      ) : (
        <ul className="border-t border-line">
          {windows.map((window) => {
            const changeable = window.account ? may : mayForAll;
            return (
              <li
                key={window.id}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3"
              >
                <div className="min-w-0 flex-1 basis-64">
                  <p className="text-14 font-[540]">
                    {window.account ? <Untrusted text={window.account.name} limit={100} /> : "All accounts"}
                  </p>
                  <p className="mt-0.5 text-13 text-ink-soft">
                    {sayDays(window.days)}, {sayHours(window.start, window.end)}{" "}
                    <span className="text-ink-faint">{window.timeZone}</span>
                  </p>
                </div>
                <span className="text-13">
                  {window.open ? (
                    <Badge tone="accent">Open now</Badge>
                  ) : window.opens ? (
                    <span className="text-ink-faint">
                      opens <Time at={window.opens} now={now} />
                    </span>
                  ) : null}
                </span>
                {changeable ? (
                  <span className="flex gap-1">
                    <Button
                      size="sm"
                      look="plain"
                      aria-label={`Change the window of ${window.account?.name ?? "all accounts"}`}
                      onClick={() => setEdited(window)}
                    >
                      Change
                    </Button>
                    <Button
                      size="sm"
                      look="plain"
                      aria-label={`Delete the window of ${window.account?.name ?? "all accounts"}`}
                      onClick={() => setRemoved(window)}
                    >
                      Delete
                    </Button>
                  </span>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {may ? (
        <Button className="mt-4" onClick={() => setEdited("new")}>
          Add a change window
        </Button>
      ) : null}
      {edited ? (
        <WindowDialog
          window={edited === "new" ? null : edited}
          accounts={accounts}
          mayForAll={mayForAll}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
      {removed ? (
        <DeleteDialog window={removed} last={windows.length === 1} onClose={() => setRemoved(undefined)} />
      ) : null}
    </div>
  );
}

function DeleteDialog({
  window,
  last,
  onClose,
}: {
  window: ShownWindow;
  last: boolean;
  onClose: () => void;
}) {
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const remove = () =>
    start(async () => {
      const result = await deleteWindowAction(window.id);
      if (result.ok) onClose();
      else setRefusal(result.message);
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Delete this change window?"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" aria-disabled={pending} onClick={() => pending || remove()}>
            {pending ? "Deleting…" : "Delete it"}
          </Button>
        </>
      }
    >
      <p className="text-14 text-pretty text-ink-soft">
        {sayDays(window.days)}, {sayHours(window.start, window.end)} {window.timeZone}, for{" "}
        <Untrusted
          text={window.account?.name ?? "all accounts"}
          limit={100}
          className="font-[540] text-ink"
        />
        .{" "}
        {last
          ? "It is the only one: without it, approved fixes may begin at any time, those that wait for it at once."
          : "An account that has none left follows those for all accounts; without any, fixes may begin at any time."}
      </p>
      {refusal ? (
        <p role="alert" className="mt-3 text-13 text-danger">
          {refusal}
        </p>
      ) : null}
    </Dialog>
  );
}
