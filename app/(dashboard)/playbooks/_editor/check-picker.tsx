"use client";
import { useId, useState } from "react";
import { Checkbox, Input } from "#components/ui/field.tsx";
import type { EditorDraft } from "./draft.ts";
import { ProblemLine } from "./entry.tsx";
import type { EditorChoices } from "./model.ts";

const most = 40;

/** Which checks it fixes: the chosen ones first, then what the words find. */
export function CheckPicker({
  checks,
  draft: { clouds, fixes },
  problem,
  onChange,
}: {
  checks: EditorChoices["checks"];
  draft: Pick<EditorDraft, "clouds" | "fixes">;
  problem: string | undefined;
  onChange: (fixes: string[]) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const titles = new Map(checks.map((check) => [check.id, check.title]));
  const found = checks.filter(
    (check) =>
      !fixes.includes(check.id) &&
      clouds.some((cloud) => check.id.startsWith(`${cloud}.`)) &&
      words.every((word) => `${check.id} ${check.title}`.toLowerCase().includes(word)),
  );
  const shown = [
    ...fixes.map((fixed) => ({ id: fixed, title: titles.get(fixed) ?? fixed })),
    ...found.slice(0, most),
  ];
  return (
    <fieldset>
      <legend className="sr-only">Checks that it fixes</legend>
      <label htmlFor={id} className="sr-only">
        Search checks
      </label>
      <Input
        id={id}
        type="search"
        value={typed}
        maxLength={100}
        placeholder="Search by title or id"
        onChange={({ target }) => setTyped(target.value)}
      />
      <ul className="mt-2 max-h-72 overflow-y-auto rounded border border-line" tabIndex={-1}>
        {shown.map((check) => (
          <li key={check.id} className="border-b border-line px-3 py-1 last:border-0">
            <Checkbox
              checked={fixes.includes(check.id)}
              onChange={({ target }) =>
                onChange(target.checked ? [...fixes, check.id] : fixes.filter((each) => each !== check.id))
              }
            >
              {check.title} <span className="font-mono text-12 text-ink-faint max-sm:block">{check.id}</span>
            </Checkbox>
          </li>
        ))}
        {shown.length === 0 ? (
          <li className="px-3 py-3 text-13 text-ink-faint">No check has these words.</li>
        ) : null}
      </ul>
      <p className="mt-1.5 text-13 text-ink-faint">
        {fixes.length} chosen
        {found.length > most
          ? `; ${(found.length - most).toLocaleString("en")} more are found by other words`
          : ""}
      </p>
      <ProblemLine>{problem}</ProblemLine>
    </fieldset>
  );
}
