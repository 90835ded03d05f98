import type { ActionRow, EditorDraft, ParameterRow } from "./draft.ts";

export type Written = {
  document: Record<string, unknown>;
  /** What is no JSON, by path; the rest is for the server to say. */
  problems: Record<string, string>;
};

/** What the form's content means, as a playbook's file has it. */
export function writeDocument(draft: EditorDraft): Written {
  const problems: Record<string, string> = {};
  const { id, title, description, category, clouds, severity, fixes, prerequisites, risk } = draft;
  const document = {
    ...{ id: id.trim(), title: title.trim(), description: description.trim(), category, clouds, severity },
    fixes,
    parameters: Object.fromEntries(draft.parameters.map((row) => [row.name.trim(), writeParameter(row)])),
    ...{ prerequisites, risk, approvals: Number(draft.approvals) },
    irreversible: linesOf(draft.irreversible),
    leftToPeople: linesOf(draft.leftToPeople),
    actions: draft.actions.map((row, index) => writeAction(row, `actions.${index}`, problems)),
  };
  const names = draft.parameters.map(({ name }) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) problems[`parameters.${twice}`] = "Two parameters have this name.";
  return { document, problems };
}

function writeParameter(row: ParameterRow): Record<string, unknown> {
  const { type, pattern, most, min, max, begins, optional } = row;
  const about = { title: row.title.trim(), help: row.help.trim(), type };
  const given = begins.trim();
  switch (type) {
    case "boolean":
      return { ...about, default: given === "true" };
    case "choice":
      return {
        ...about,
        choices: linesOf(row.choices).map((line) => {
          const [value = "", ...title] = line.split("=");
          return { value: value.trim(), title: title.join("=").trim() || value.trim() };
        }),
        ...when(given, { default: given }),
      };
    case "list":
      return {
        ...about,
        ...when(given, { default: linesOf(begins) }),
        ...when(pattern, { pattern }),
        ...when(most.trim(), { maxItems: Number(most) }),
      };
    case "number":
      return {
        ...about,
        ...when(given, { default: Number(given) }),
        ...when(min.trim(), { min: Number(min) }),
        ...when(max.trim(), { max: Number(max) }),
        ...when(optional, { optional }),
      };
    case "text":
      return {
        ...about,
        ...when(given, { default: given }),
        ...when(pattern, { pattern }),
        ...when(most.trim(), { maxLength: Number(most) }),
        ...when(optional, { optional }),
      };
  }
}

function writeAction(
  { id, title, kind, operation, timeoutSeconds, with: given, when: condition }: ActionRow,
  path: string,
  problems: Record<string, string>,
): Record<string, unknown> {
  const json = (text: string, field: "with" | "when") => {
    if (text.trim() === "") return {};
    try {
      const value: unknown = JSON.parse(text);
      return { [field]: value };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      problems[`${path}.${field}`] = "This is no JSON.";
      return {};
    }
  };
  return {
    ...{ id: id.trim(), title: title.trim(), kind: kind.trim(), operation: operation.trim() },
    ...json(given, "with"),
    ...json(condition, "when"),
    timeoutSeconds: Number(timeoutSeconds),
  };
}

const when = (given: unknown, value: Record<string, unknown>): Record<string, unknown> =>
  given ? value : {};

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
