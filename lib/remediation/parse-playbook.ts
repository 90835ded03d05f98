import { isAlias, LineCounter, parseDocument, visit } from "yaml";
import { DomainError } from "#lib/errors.ts";
import { sayIssue } from "./issue-words.ts";
import type { Playbook } from "./playbook.ts";
import { PlaybookDocument } from "./playbook-schema.ts";

export type PlaybookFormat = "yaml" | "json";
/** `path` as in `actions.0.operation`; empty for the whole. */
export type PlaybookProblem = { path: string; message: string };

/** Characters that a playbook's file may have. */
export const longestPlaybook = 65_536;

/**
 * Reads a playbook's file and holds it to its shape and bounds. Throws a DomainError (`invalid_input`) that names line and
 * path of each problem, with `fields` by path; whether its actions exist is for `validatePlaybook` to say.
 */
export function parsePlaybook(text: string, format: PlaybookFormat): Playbook {
  const parsed = PlaybookDocument.safeParse(readDocument(text, format));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: sayIssue(issue),
  }));
  throw problemsError(problems, text);
}

/** One DomainError for all of them, each with its line when the text that they are in is known. */
export function problemsError(problems: readonly PlaybookProblem[], text?: string): DomainError {
  const lines = problems.slice(0, 20).map(({ path, message }) => {
    const line = text === undefined ? undefined : lineOf(text, path);
    return `${line === undefined ? "" : `line ${line}: `}${path ? `${path}: ` : ""}${message}`;
  });
  const rest = problems.length - lines.length;
  if (rest > 0) lines.push(`and ${rest} more`);
  return new DomainError("invalid_input", `The playbook won't do. ${lines.join("\n")}`, {
    fields: Object.fromEntries(problems.map(({ path, message }) => [path || "playbook", message])),
  });
}

/** The line, from 1, on which the value at a path begins, or what is nearest around it. */
export function lineOf(text: string, path: string): number | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  if (document.errors.length > 0) return undefined;
  const steps = path === "" ? [] : path.split(".");
  for (let length = steps.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(steps.slice(0, length).map(stepOf), true);
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === "number") return lineCounter.linePos(range[0]).line;
  }
  return undefined;
}

const stepOf = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);

function readDocument(text: string, format: PlaybookFormat): unknown {
  if (text.length > longestPlaybook) {
    throw refusal(`It has ${text.length} characters; ${longestPlaybook} is the most.`);
  }
  return format === "json" ? readJson(text) : readYaml(text);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refusal(`It is no JSON: ${error.message}.`, error);
  }
}

function readYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true, stringKeys: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem?.message.startsWith("Maximum call stack")) throw tooDeep(problem);
    // The first line alone: below it the parser draws the place.
    if (problem) throw refusal(`It is no YAML: ${problem.message.split("\n")[0]}`, problem);
    visit(document, (_key, node) => {
      if (isAlias(node)) throw refusal("It may not refer to parts of itself by aliases.");
    });
    return document.toJS();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(error);
    throw error;
  }
}

const refusal = (message: string, cause?: unknown): DomainError =>
  new DomainError("invalid_input", `The playbook won't do. ${message}`, { cause });

const tooDeep = (cause: unknown): DomainError => refusal("It is nested too deeply.", cause);
