"use client";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import { emptyParameter, type ParameterRow, type ParameterType } from "./draft.ts";
import { Choose, Entry, ProblemLine, problemAt } from "./entry.tsx";
import type { Problems } from "./model.ts";
import { RowCard } from "./row-card.tsx";

const typeWords = [
  ["text", "Text"],
  ["number", "Number"],
  ["boolean", "Yes or no"],
  ["choice", "One of a few"],
  ["list", "List, one a line"],
] as const satisfies readonly (readonly [ParameterType, string])[];

/** What whoever proposes a fix by it fills in. */
export function ParameterRows({
  rows,
  problems,
  onChange,
}: {
  rows: readonly ParameterRow[];
  problems: Problems;
  onChange: (rows: ParameterRow[]) => void;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {rows.map((row) => (
        <RowCard
          key={row.key}
          title={row.title.trim() || row.name.trim() || "A parameter"}
          onRemove={() => onChange(rows.filter((each) => each !== row))}
        >
          <ParameterFields
            row={row}
            problemOf={(field) => problemAt(problems, `parameters.${row.name.trim()}.${field}`)}
            onChange={(changes) =>
              onChange(rows.map((each) => (each === row ? { ...each, ...changes } : each)))
            }
          />
          <ProblemLine>{problems[`parameters.${row.name.trim()}`]}</ProblemLine>
        </RowCard>
      ))}
      <Button className="justify-self-start" onClick={() => onChange([...rows, emptyParameter()])}>
        Add a parameter
      </Button>
    </div>
  );
}

function ParameterFields({
  row,
  problemOf,
  onChange,
}: {
  row: ParameterRow;
  problemOf: (field: string) => string | undefined;
  onChange: (changes: Partial<ParameterRow>) => void;
}) {
  const { type } = row;
  const entry = (
    field: "name" | "title" | "help" | "begins" | "pattern" | "most" | "min" | "max" | "choices",
    label: string,
    more: { hint?: string; rows?: number; mono?: boolean; at?: string; placeholder?: string } = {},
  ) => (
    <Entry
      label={label}
      value={row[field]}
      problem={problemOf(more.at ?? field)}
      onChange={(value) => onChange({ [field]: value })}
      {...(more.hint ? { hint: more.hint } : {})}
      {...(more.rows ? { rows: more.rows } : {})}
      {...(more.placeholder ? { placeholder: more.placeholder } : {})}
      mono={more.mono ?? false}
    />
  );
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-3">
        {entry("title", "Title")}
        {entry("name", "Name", { mono: true, placeholder: "retentionDays" })}
        <Choose<ParameterType>
          label="Type"
          value={type}
          choices={typeWords}
          problem={problemOf("type")}
          onChange={(next) => onChange({ type: next, begins: "" })}
        />
      </div>
      {entry("help", "Help", { hint: "What it does, and an example." })}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-3">
        {type === "boolean" ? (
          <Choose
            label="Begins as"
            value={row.begins === "true" ? "true" : "false"}
            choices={[
              ["false", "No"],
              ["true", "Yes"],
            ]}
            onChange={(begins) => onChange({ begins })}
          />
        ) : (
          entry("begins", "Begins as", {
            at: "default",
            hint: type === "list" ? "One a line." : "",
            ...(type === "list" ? { rows: 2 } : {}),
          })
        )}
        {type === "text" || type === "list" ? entry("pattern", "Pattern", { mono: true }) : null}
        {type === "text" ? entry("most", "Most characters", { at: "maxLength" }) : null}
        {type === "list" ? entry("most", "Most entries", { at: "maxItems" }) : null}
        {type === "number" ? entry("min", "Least") : null}
        {type === "number" ? entry("max", "Most") : null}
        {type === "choice"
          ? entry("choices", "Choices", { rows: 3, hint: "One a line, as value = Title." })
          : null}
      </div>
      {type === "text" || type === "number" ? (
        <Checkbox checked={row.optional} onChange={({ target }) => onChange({ optional: target.checked })}>
          May be left out
        </Checkbox>
      ) : null}
    </>
  );
}
