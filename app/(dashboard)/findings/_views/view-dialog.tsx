"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Checkbox, Field, Input } from "#components/ui/field.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { SavedView } from "#db/triage/queries.ts";
import { findingsKeys } from "../_state/keys.ts";
import { changeSearch } from "../_state/search.ts";
import { deleteViewAction, saveViewAction, updateViewAction } from "../actions.ts";

export type ViewAct = { kind: "save" } | { kind: "edit" | "delete"; view: SavedView };

/** Names, shares and deletes a view. */
export default function ViewDialog({
  act,
  query,
  canShare,
  onClose,
}: {
  act: ViewAct;
  /** What the list shows now. */
  query: string;
  canShare: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const id = useId();
  const view = act.kind === "save" ? undefined : act.view;
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);

  const run = async () => {
    setPending(true);
    const result = await perform(act, { name, shared, query });
    setPending(false);
    if (!result.ok) {
      setProblem(result.fields.name ?? result.message);
      return;
    }
    await client.invalidateQueries({ queryKey: findingsKeys.views });
    changeSearch({ view: act.kind === "delete" ? undefined : result.value.viewId }, "replace");
    showToast({ text: done[act.kind] });
    onClose();
  };
  if (act.kind === "delete") {
    return (
      <Dialog
        open
        onClose={onClose}
        title="Delete this view?"
        footer={
          <>
            <Button onClick={onClose}>Keep it</Button>
            <Button look="danger" disabled={pending} onClick={() => void run()}>
              Delete
            </Button>
          </>
        }
      >
        <p className="text-14 text-ink-soft">
          <bdi className="font-[540] text-ink">{visibleText(act.view.name)}</bdi>
          {act.view.shared
            ? " goes for everyone it is shared with."
            : " goes; the findings stay as they are."}
        </p>
        {problem ? (
          <p role="alert" className="mt-2 text-13 text-danger">
            {problem}
          </p>
        ) : null}
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={act.kind === "save" ? "Save as a view" : "Rename or share"}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} disabled={pending}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field
          label="Name"
          htmlFor={`${id}name`}
          problem={problem}
          hint="Keeps the filters, the order, the grouping and the columns."
        >
          <Input
            id={`${id}name`}
            data-autofocus
            required
            maxLength={80}
            value={name}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${id}name-problem` : undefined}
            onChange={({ target }) => {
              setName(target.value);
              setProblem(undefined);
            }}
          />
        </Field>
        {canShare ? (
          <Checkbox checked={shared} onChange={({ target }) => setShared(target.checked)}>
            Share it with everyone here
          </Checkbox>
        ) : null}
      </form>
    </Dialog>
  );
}

const done = {
  save: "Saved.",
  edit: "Saved.",
  delete: "Deleted.",
} as const;

function perform(act: ViewAct, { name, shared, query }: { name: string; shared: boolean; query: string }) {
  switch (act.kind) {
    case "save":
      return saveViewAction({ name, query, shared });
    case "edit":
      return updateViewAction({ viewId: act.view.id, name, shared });
    case "delete":
      return deleteViewAction(act.view.id);
  }
}
