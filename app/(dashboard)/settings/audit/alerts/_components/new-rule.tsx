"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { RuleChoices } from "./channel-fields.tsx";
import { RuleDialog } from "./rule-dialog.tsx";

export function NewRule({ choices }: { choices: RuleChoices }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        New rule
      </Button>
      {open ? <RuleDialog rule={null} choices={choices} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
