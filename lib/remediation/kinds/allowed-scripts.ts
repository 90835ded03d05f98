import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import { wholly } from "../parameters.ts";
import { patternProblem } from "../pattern-problem.ts";

const pattern = z
  .string()
  .max(200)
  .superRefine((text, context) => {
    const problem = patternProblem(text);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "A name such as tag-bucket.");

/** What whoever runs Parapet lets playbooks have run. */
const AllowedScript = z.strictObject({
  /** What it does, for whoever approves. */
  title: z.string().min(3).max(100),
  path: z.string().refine(isAbsolute, "An absolute path."),
  /** What each argument must be, wholly, in order; there may be as many arguments as patterns, and no more. */
  arguments: z.array(pattern).max(20).default([]),
  timeoutSeconds: z.int().min(1).max(3_600).default(60),
  /** Variables of Parapet's own environment that it is given; nothing else of that is. */
  environment: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/))
    .max(20)
    .default([]),
  /** The script that takes it back, which is given the same arguments; without one it can't be undone. */
  undo: name.optional(),
  /** Whether it may be run again after it was cut off half-way. */
  repeatable: z.boolean().default(false),
});
export type AllowedScript = z.output<typeof AllowedScript>;

const AllowedScripts = z.record(name, AllowedScript).superRefine((scripts, context) => {
  for (const [key, { undo }] of Object.entries(scripts)) {
    if (undo === undefined || Object.hasOwn(scripts, undo)) continue;
    context.addIssue({ code: "custom", path: [key, "undo"], message: `There is no script ${undo}.` });
  }
});

/** Reads the list anew. Throws a DomainError (`invalid_input`) that says what is wrong with it. */
export function readAllowedScripts(file: string | undefined): Record<string, AllowedScript> {
  if (file === undefined) {
    throw new DomainError(
      "invalid_input",
      "No scripts may be run: PARAPET_SCRIPTS names no file that lists them.",
    );
  }
  refuseWritable(file);
  const parsed = AllowedScripts.safeParse(parseJson(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join(".");
  throw new DomainError("invalid_input", `The list of scripts won't do: ${where}: ${issue?.message}`);
}

/** SHA-256 of the program, so that what is run is what was approved. Throws a DomainError for one that may not be run. */
export function digestOf({ path }: AllowedScript): string {
  refuseWritable(path);
  if ((statSync(path).mode & 0o111) === 0) {
    throw new DomainError("invalid_input", `${path} can't be executed.`);
  }
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Each argument must be what the list allows in its place. Throws a DomainError for one that isn't. */
export function judgeArguments(script: AllowedScript, given: readonly string[]): void {
  for (const [index, argument] of given.entries()) {
    const pattern = script.arguments[index];
    if (pattern === undefined) {
      throw new DomainError(
        "invalid_input",
        `${script.path} takes ${script.arguments.length} arguments at most.`,
      );
    }
    if (wholly(pattern).test(argument) && !argument.includes("\u0000")) continue;
    throw new DomainError("invalid_input", `Argument ${index + 1} of ${script.path} must match ${pattern}.`);
  }
}

/** What anybody on the machine could change would have them run what they like. */
function refuseWritable(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new DomainError("invalid_input", `There is no file ${path}.`);
  if ((found.mode & 0o022) !== 0) {
    throw new DomainError(
      "invalid_input",
      `${path} can be written by others than its owner, so nothing of it is run.`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DomainError("invalid_input", "The list of scripts is no JSON.", { cause: error });
  }
}
