import type { Json } from "#lib/remediation/model.ts";
import type { ParameterSpec } from "#lib/remediation/playbook.ts";

export type Specs = Readonly<Record<string, ParameterSpec>>;

/** Parameters as a form holds them: texts as typed, a list as one entry a line. */
export type ParameterDraft = Record<string, string | boolean>;

export const draftOf = (specs: Specs): ParameterDraft =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, begin(spec)]));

function begin(spec: ParameterSpec): string | boolean {
  switch (spec.type) {
    case "boolean":
      return spec.default;
    case "number":
      return spec.default === undefined ? "" : String(spec.default);
    case "list":
      return (spec.default ?? []).join("\n");
    case "choice":
      return spec.default ?? "";
    case "text":
      return spec.default ?? "";
  }
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What the form's content means; what is left empty is left out. */
export function valuesOf(specs: Specs, draft: ParameterDraft): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(specs).flatMap(([name, spec]): [string, Json][] => {
      const given = draft[name] ?? "";
      if (typeof given === "boolean") return [[name, given]];
      if (spec.type === "list") return [[name, linesOf(given)]];
      const text = given.trim();
      if (text === "") return [];
      return [[name, spec.type === "number" ? Number(text) : text]];
    }),
  );
}

/** What won't do, by name, in the words that the server would say it in; empty when all will. */
export function problemsOf(specs: Specs, draft: ParameterDraft): Record<string, string> {
  return Object.fromEntries(
    Object.entries(specs).flatMap(([name, spec]) => {
      const given = draft[name] ?? "";
      const problem = typeof given === "boolean" ? undefined : judge(spec, given);
      return problem === undefined ? [] : [[name, problem]];
    }),
  );
}

function judge(spec: ParameterSpec, given: string): string | undefined {
  const text = given.trim();
  switch (spec.type) {
    case "boolean":
      return undefined;
    case "list": {
      const lines = linesOf(given);
      const most = spec.maxItems ?? 100;
      if (lines.length > most) return `At most ${most} entries.`;
      const wrong = lines.findIndex((line) => !matches(spec.pattern, line));
      return wrong < 0 ? undefined : `Line ${wrong + 1}: "${(lines[wrong] ?? "").slice(0, 60)}" won't do.`;
    }
    case "choice":
      return text === "" && spec.default === undefined ? "Choose one." : undefined;
    case "number": {
      if (text === "") return spec.optional || spec.default !== undefined ? undefined : "Give a number.";
      const value = Number(text);
      if (!Number.isFinite(value)) return "Give a number.";
      if (spec.min !== undefined && value < spec.min) return `At least ${spec.min}.`;
      return spec.max !== undefined && value > spec.max ? `At most ${spec.max}.` : undefined;
    }
    case "text": {
      if (text === "") return spec.optional || spec.default !== undefined ? undefined : "Fill this in.";
      const most = spec.maxLength ?? 1_000;
      if (text.length > most) return `At most ${most} characters.`;
      return matches(spec.pattern, text) ? undefined : "It is not of the form that is asked for.";
    }
  }
}

function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch (error) {
    // What the browser can't judge, the server will.
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

/** Which field each of the server's refusals belongs to: `exceptions.2` is of `exceptions`. */
export function fieldsOf(specs: Specs, refused: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(refused).map(([path, message]) => {
      const steps = path.replace(/^parameters\./, "").split(".");
      const [name = "", at] = steps;
      const spec = specs[name];
      return [
        name,
        spec?.type === "list" && at !== undefined ? `Line ${Number(at) + 1}: ${message}` : message,
      ];
    }),
  );
}
