import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import { risks } from "#lib/remediation/model.ts";
import {
  type ActionRow,
  type EditorDraft,
  emptyAction,
  emptyDraft,
  emptyParameter,
  type ParameterRow,
} from "./draft.ts";

const categories = [
  "exposure",
  "network",
  "encryption",
  "logging",
  "identity",
  "credentials",
  "other",
] as const;
const prerequisites = ["write_identity", "resource_present", "check_failing"] as const;
const types = ["text", "number", "boolean", "choice", "list"] as const;

/** A document as the form shows it, as far as the form knows what is in it; the rest falls back to what a new one has. */
export function readDraft(document: Readonly<Record<string, unknown>>): EditorDraft {
  const blank = emptyDraft();
  return {
    id: text(document.id),
    title: text(document.title),
    description: text(document.description),
    category: one(categories, document.category) ?? blank.category,
    clouds: some(clouds, document.clouds),
    severity: one(severities, document.severity) ?? blank.severity,
    fixes: texts(document.fixes),
    parameters: Object.entries(record(document.parameters)).map(([name, spec]) =>
      readParameter(name, record(spec)),
    ),
    prerequisites:
      document.prerequisites === undefined
        ? blank.prerequisites
        : some(prerequisites, document.prerequisites),
    risk: one(risks, document.risk) ?? blank.risk,
    approvals: one(["0", "1", "2"] as const, text(document.approvals)) ?? blank.approvals,
    irreversible: texts(document.irreversible).join("\n"),
    leftToPeople: texts(document.leftToPeople).join("\n"),
    actions: list(document.actions).map((action) => readAction(record(action))),
  };
}

function readParameter(name: string, spec: Record<string, unknown>): ParameterRow {
  return {
    ...emptyParameter(),
    name,
    type: one(types, spec.type) ?? "text",
    title: text(spec.title),
    help: text(spec.help),
    begins: Array.isArray(spec.default) ? texts(spec.default).join("\n") : text(spec.default),
    pattern: text(spec.pattern),
    most: text(spec.maxLength ?? spec.maxItems),
    min: text(spec.min),
    max: text(spec.max),
    optional: spec.optional === true,
    choices: list(spec.choices)
      .map(record)
      .map(({ value, title }) => `${text(value)} = ${text(title)}`)
      .join("\n"),
  };
}

function readAction(action: Record<string, unknown>): ActionRow {
  const json = (value: unknown) => (value === undefined ? "" : JSON.stringify(value, null, 2));
  return {
    ...emptyAction(),
    id: text(action.id),
    title: text(action.title),
    kind: text(action.kind) || "aws",
    operation: text(action.operation),
    timeoutSeconds: text(action.timeoutSeconds),
    with: json(action.with),
    when: json(action.when),
  };
}

const text = (value: unknown): string =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): string[] => list(value).map(text).filter(Boolean);
const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const one = <T extends string>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((choice) => choice === value);
const some = <T extends string>(choices: readonly T[], values: unknown): T[] =>
  choices.filter((choice) => list(values).includes(choice));
