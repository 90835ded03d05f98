"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { Person } from "#db/findings/model.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";
import { sayChange } from "../_state/say-change.ts";
import type { DialogProps } from "./act-dialogs.tsx";

/** Names the change and the exact number before it is done to all that match. */
export function ConfirmDialog({
  asked,
  count,
  change,
  people,
  onClose,
  onConfirm,
}: Omit<DialogProps, "onChoose"> & {
  change: FindingChange;
  people: readonly Person[];
  onConfirm: () => void;
}) {
  const nameOf = (id: string) => visibleText(people.find((person) => person.id === id)?.name ?? "someone");
  const { order } = sayChange(change, count, nameOf);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${order}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" data-autofocus onClick={onConfirm}>
            {order}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 text-14 text-pretty text-ink-soft">
        {asked.matching ? <Notice>{asked.matching}</Notice> : null}
        <p>
          It is done in the background, and can be undone in one go. Resolved findings are left as they are.
        </p>
      </div>
    </Dialog>
  );
}
