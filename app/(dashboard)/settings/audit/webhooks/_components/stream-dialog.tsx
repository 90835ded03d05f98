"use client";
import { useId, useState, useTransition } from "react";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { AuditResult } from "#db/audit/schema.ts";
import type { StreamView } from "#db/audit/stream-model.ts";
import { draftOf, matchOf } from "../../_match/match-draft.ts";
import { MatchFields } from "../../_match/match-fields.tsx";
import { changeStreamAction, createStreamAction } from "../actions.ts";

const results = ["done", "failed", "refused"] as const satisfies readonly AuditResult[];
type From = "now" | "beginning";

/** Makes or changes a webhook. A new one's secret is handed to `onMade`. */
export function StreamDialog({
  stream,
  onClose,
  onMade,
}: {
  stream: StreamView | null;
  onClose: () => void;
  onMade?: (secret: string) => void;
}) {
  const id = useId();
  const [name, setName] = useState(stream?.name ?? "");
  const [url, setUrl] = useState(stream?.url ?? "");
  const [from, setFrom] = useState<From>("now");
  const [match, setMatch] = useState(() => {
    const draft = draftOf(stream?.filter ?? { actions: [], objectKinds: [], actors: [], results: [] });
    // None asks for all, which ticked boxes say better.
    return { ...draft, results: draft.results.length > 0 ? draft.results : [...results] };
  });
  const [problem, setProblem] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, start] = useTransition();
  const problems = problem?.fields ?? {};
  const save = () =>
    start(async () => {
      const settings = { name, url, filter: matchOf(match) };
      const result = stream
        ? await changeStreamAction({ ...settings, streamId: stream.id, revision: stream.revision })
        : await createStreamAction({ ...settings, from });
      if (!result.ok) return setProblem(result);
      if ("secret" in result.value) onMade?.(result.value.secret);
      else onClose();
    });
  return (
    <FormDialog
      wide
      onClose={onClose}
      title={stream ? "Change the webhook" : "New webhook"}
      onSubmit={save}
      action={pending ? "Saving…" : stream ? "Save the webhook" : "Make the webhook"}
      pending={pending}
    >
      <Field label="Name" htmlFor={`${id}name`} problem={problems.name}>
        <Input
          id={`${id}name`}
          data-autofocus
          value={name}
          maxLength={80}
          autoComplete="off"
          placeholder="SIEM"
          aria-invalid={problems.name ? true : undefined}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field
        label="Address"
        htmlFor={`${id}url`}
        hint="https, on the public internet. Redirects are not followed."
        problem={problems.url}
      >
        <Input
          id={`${id}url`}
          type="url"
          value={url}
          maxLength={2_000}
          autoComplete="off"
          spellCheck={false}
          placeholder="https://siem.example.com/parapet"
          className="font-mono text-13"
          aria-invalid={problems.url ? true : undefined}
          onChange={({ target }) => setUrl(target.value)}
        />
      </Field>
      <MatchFields draft={match} onChange={setMatch} results={results} problems={problems} path="filter" />
      {stream ? null : (
        <Field label="Begins with" htmlFor={`${id}from`}>
          <Select
            id={`${id}from`}
            className="h-9 max-sm:h-10"
            value={from}
            onChange={({ target }) => setFrom(target.value === "beginning" ? "beginning" : "now")}
          >
            <option value="now">What happens from now on</option>
            <option value="beginning">Everything that the database still holds</option>
          </Select>
        </Field>
      )}
      {problem && Object.keys(problems).length === 0 ? (
        <p role="alert" className="text-13 text-pretty text-danger">
          {visibleText(problem.message)}
        </p>
      ) : null}
    </FormDialog>
  );
}
