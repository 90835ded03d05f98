"use client";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { countOf, dayOf } from "../_state/say-change.ts";
import type { DialogProps } from "./act-dialogs.tsx";
import { inDays } from "./dates.ts";
import { UntilChoice } from "./until-choice.tsx";

export function DueDialog({ asked, count, onClose, onChoose }: DialogProps) {
  const form = useId();
  const [dueAt, setDueAt] = useState(inDays(7));
  const now = asked.now?.dueAt;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Due date of ${countOf(count)}`}
      footer={
        <>
          <Button className="mr-auto" onClick={() => onChoose({ act: "due", dueAt: null })}>
            As the policy says
          </Button>
          <Button look="primary" type="submit" form={form}>
            Set for {countOf(count)}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          onChoose({ act: "due", dueAt });
        }}
      >
        {now ? <p className="mb-3 text-13 text-ink-soft">Due on {dayOf(now)} now.</p> : null}
        <UntilChoice legend="Due in" days={[3, 7, 14, 30]} value={dueAt} onChange={setDueAt} most={3650} />
      </form>
    </Dialog>
  );
}
