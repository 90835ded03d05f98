"use client";
import { cloudName } from "#components/findings/service-names.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { type ActionRow, emptyAction } from "./draft.ts";
import { Choose, Entry, ProblemLine, problemAt } from "./entry.tsx";
import type { EditorChoices, Problems } from "./model.ts";
import { RowCard } from "./row-card.tsx";

const cloudKinds = ["aws", "azure", "gcp"] as const;
const isCloud = (kind: string): boolean => cloudKinds.some((cloud) => cloud === kind);

const kindWords: Readonly<Record<string, string>> = {
  notification: "Notification to people",
  webhook: "Webhook",
  script: "Allowed script",
};

/** What is done, in this order, to each resource. */
export function ActionRows({
  rows,
  choices,
  problems,
  onChange,
}: {
  rows: readonly ActionRow[];
  choices: EditorChoices;
  problems: Problems;
  onChange: (rows: ActionRow[]) => void;
}) {
  const swap = (at: number, to: number) => {
    const [moved, other] = [rows[at], rows[to]];
    if (moved && other)
      onChange(rows.map((row, index) => (index === at ? other : index === to ? moved : row)));
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {rows.map((row, index) => (
        <RowCard
          key={row.key}
          title={`Step ${index + 1}${row.title.trim() ? `: ${row.title.trim()}` : ""}`}
          onRemove={rows.length > 1 ? () => onChange(rows.filter((each) => each !== row)) : null}
          onUp={index > 0 ? () => swap(index, index - 1) : null}
          onDown={index < rows.length - 1 ? () => swap(index, index + 1) : null}
        >
          <ActionFields
            row={row}
            choices={choices}
            problemOf={(field) => problemAt(problems, `actions.${index}.${field}`)}
            onChange={(changes) =>
              onChange(rows.map((each) => (each === row ? { ...each, ...changes } : each)))
            }
          />
          <ProblemLine>{problems[`actions.${index}`]}</ProblemLine>
        </RowCard>
      ))}
      <ProblemLine>{problems.actions}</ProblemLine>
      <Button className="justify-self-start" onClick={() => onChange([...rows, emptyAction()])}>
        Add a step
      </Button>
    </div>
  );
}

function ActionFields({
  row,
  choices,
  problemOf,
  onChange,
}: {
  row: ActionRow;
  choices: EditorChoices;
  problemOf: (field: string) => string | undefined;
  onChange: (changes: Partial<ActionRow>) => void;
}) {
  const operations = choices.operations.filter(({ cloud }) => cloud === row.kind);
  const chosen = operations.find(({ id }) => id === row.operation);
  const kinds = [...new Set([...cloudKinds, ...choices.otherKinds, row.kind])];
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        <Choose
          label="Kind"
          value={row.kind}
          choices={kinds.map((kind) => [kind, isCloud(kind) ? cloudName(kind) : (kindWords[kind] ?? kind)])}
          problem={problemOf("kind")}
          onChange={(kind) => onChange({ kind, operation: "" })}
        />
        {isCloud(row.kind) ? (
          <Choose
            label="Operation"
            value={row.operation}
            choices={[
              ["", "Choose…"],
              ...operations.map(({ id, title }) => [id, title] as const),
              ...(chosen || row.operation === "" ? [] : [[row.operation, row.operation] as const]),
            ]}
            problem={problemOf("operation")}
            onChange={(operation) => {
              const title = operations.find(({ id }) => id === operation)?.title ?? "";
              onChange({
                operation,
                ...(row.title.trim() ? {} : { title: title.slice(0, 100) }),
                ...(row.id.trim() ? {} : { id: idOf(operation) }),
              });
            }}
          />
        ) : (
          <Entry
            label="Operation"
            mono
            maxLength={100}
            placeholder={row.kind === "notification" ? "notice" : "name"}
            value={row.operation}
            problem={problemOf("operation")}
            onChange={(operation) => onChange({ operation })}
          />
        )}
        <Entry
          label="Title"
          maxLength={100}
          value={row.title}
          problem={problemOf("title")}
          onChange={(title) => onChange({ title })}
        />
        <div className="grid grid-cols-2 gap-4">
          <Entry
            label="Id"
            mono
            maxLength={60}
            placeholder="block-access"
            value={row.id}
            problem={problemOf("id")}
            onChange={(id) => onChange({ id })}
          />
          <Entry
            label="At most, seconds"
            maxLength={4}
            value={row.timeoutSeconds}
            problem={problemOf("timeoutSeconds")}
            onChange={(timeoutSeconds) => onChange({ timeoutSeconds })}
          />
        </div>
      </div>
      {chosen?.irreversible ? <Notice tone="danger">{chosen.irreversible}</Notice> : null}
      {chosen ? (
        <p className="font-mono text-12 text-pretty text-ink-faint">
          {chosen.id}, for {chosen.kinds.join(", ")}
        </p>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        <Entry
          label="With (JSON)"
          mono
          rows={4}
          maxLength={10_000}
          hint={
            chosen && chosen.takes.length > 0
              ? `Takes ${chosen.takes.join("; ")}. {"$parameter": "name"} stands for what is filled in.`
              : chosen
                ? "It takes nothing."
                : '{"$parameter": "name"} stands for what is filled in.'
          }
          value={row.with}
          problem={problemOf("with")}
          onChange={(given) => onChange({ with: given })}
        />
        <Entry
          label="Only when (JSON)"
          mono
          rows={4}
          maxLength={10_000}
          hint='Empty for always. Such as {"clouds": ["aws"]} or {"parameter": {"name": "force", "equals": true}}.'
          value={row.when}
          problem={problemOf("when")}
          onChange={(when) => onChange({ when })}
        />
      </div>
    </>
  );
}

/** `block-public-access` of `aws.s3.block-public-access`. */
const idOf = (operation: string): string => operation.split(".").at(-1) ?? "";
