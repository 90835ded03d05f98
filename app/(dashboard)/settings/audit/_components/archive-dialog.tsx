"use client";
import { useId, useState, useTransition } from "react";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { requestArchiveAction } from "../actions.ts";
import { stretchOf, stretchProblem } from "../stretch.ts";
import { StretchFields } from "./stretch-fields.tsx";

/** Asks for a copy of the entries of a time. */
export function ArchiveDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [days, setDays] = useState({ first: "", last: "" });
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const submit = () => {
    const wrong = stretchProblem(days);
    if (wrong) return setProblem(wrong);
    start(async () => {
      const result = await requestArchiveAction(stretchOf(days));
      if (!result.ok) return setProblem(result.message);
      showToast({ text: "A worker writes the archive. It shows here once it is whole and verified." });
      onClose();
    });
  };
  return (
    <FormDialog
      onClose={onClose}
      title="Archive now"
      onSubmit={submit}
      action={pending ? "Asking…" : "Write the archive"}
      pending={pending}
    >
      <p className="text-14 text-pretty text-ink-soft">
        Writes the entries of these days to files with their proofs, as far as they are sealed. They stay in
        the database as well.
      </p>
      <StretchFields
        id={id}
        draft={days}
        problem={problem}
        onChange={(next) => {
          setDays(next);
          setProblem(undefined);
        }}
      />
    </FormDialog>
  );
}
