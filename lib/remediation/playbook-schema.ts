import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { clouds, type Kind } from "#lib/inventory/model.ts";
import { type Json, risks } from "./model.ts";
import { valueSchema, wholly } from "./parameters.ts";
import { patternProblem } from "./pattern-problem.ts";
import {
  type Condition,
  onlyTells,
  type ParameterSpec,
  type Playbook,
  type Prerequisite,
  playbookCategories,
  prerequisites,
} from "./playbook.ts";

const sentence = z.string().trim().min(1).max(500);
const title = z.string().trim().min(3).max(100);
const name = z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, "A name such as retentionDays.");
const checkId = z
  .string()
  .regex(/^(aws|azure|gcp)(\.[a-z0-9-]{1,60}){2}$/, "A check such as aws.s3.bucket-acl.");
const kind = z.string().regex(/^(aws|azure|gcp)\.[a-z0-9.-]{1,80}$/, "A kind such as aws.s3.bucket.");
const pattern = z
  .string()
  .min(1)
  .max(200)
  .superRefine((text, context) => {
    const problem = patternProblem(text);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

/** Values as deep as `levels`: what is nested without end is no parameter of anything. */
function jsonOf(levels: number): z.ZodType<Json> {
  const flat = [z.null(), z.boolean(), z.number(), z.string().max(4_000)] as const;
  if (levels === 0) return z.union(flat);
  const inner = jsonOf(levels - 1);
  return z.union([...flat, z.array(inner).max(200), z.record(z.string().max(100), inner)]);
}
const value = jsonOf(4);

function conditionOf(levels: number): z.ZodType<Condition> {
  const shape = {
    clouds: z.array(z.enum(clouds)).min(1).max(3).optional(),
    // Whether there is such a kind is for `validatePlaybook` to say, which knows the checks.
    kinds: z
      .array(kind as unknown as z.ZodType<Kind>)
      .min(1)
      .max(50)
      .optional(),
    checks: z.array(checkId).min(1).max(200).optional(),
    parameter: z.strictObject({ name, equals: value }).optional(),
  };
  if (levels === 0) return z.strictObject(shape);
  const inner = conditionOf(levels - 1);
  const several = z.array(inner).min(1).max(10).optional();
  return z.strictObject({ ...shape, all: several, any: several, not: inner.optional() });
}

const about = { title, help: sentence };
const optional = z.boolean().optional();
const parameter: z.ZodType<ParameterSpec> = z.discriminatedUnion("type", [
  z.strictObject({
    ...about,
    type: z.literal("text"),
    default: z.string().max(1_000).optional(),
    pattern: pattern.optional(),
    maxLength: z.int().min(1).max(1_000).optional(),
    optional,
  }),
  z.strictObject({
    ...about,
    type: z.literal("number"),
    default: z.number().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    optional,
  }),
  z.strictObject({ ...about, type: z.literal("boolean"), default: z.boolean() }),
  z.strictObject({
    ...about,
    type: z.literal("choice"),
    choices: z
      .array(z.strictObject({ value: z.string().min(1).max(100), title }))
      .min(1)
      .max(50),
    default: z.string().optional(),
  }),
  z.strictObject({
    ...about,
    type: z.literal("list"),
    default: z.array(z.string().max(1_000)).max(100).optional(),
    pattern: pattern.optional(),
    maxItems: z.int().min(1).max(100).optional(),
  }),
]);

const action = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, "An id such as remove-open-rules."),
  title,
  kind: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, "A kind such as aws, notification, webhook or script."),
  operation: z
    .string()
    .regex(/^[a-z][A-Za-z0-9._-]{0,99}$/, "An operation such as aws.s3.block-public-access."),
  with: z.record(z.string().min(1).max(60), value).optional(),
  when: conditionOf(3).optional(),
  timeoutSeconds: z.int().min(5).max(14_000),
});

/** A playbook as one may be given by file or form: its shape and bounds. `validatePlaybook` says whether it makes sense. */
export const PlaybookDocument: z.ZodType<Playbook> = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, "An id of capitals and hyphens, such as ACME-BUCKET-TAGS."),
    title,
    description: z.string().trim().min(10).max(2_000),
    category: z.enum(playbookCategories),
    clouds: z.array(z.enum(clouds)).min(1).max(3),
    severity: z.enum(severities),
    fixes: z.array(checkId).min(1).max(200),
    parameters: z.record(name, parameter).default({}),
    prerequisites: z.array(z.enum(keysOf(prerequisites))).default(keysOf(prerequisites)),
    risk: z.enum(risks),
    approvals: z.union([z.literal(0), z.literal(1), z.literal(2)], "0, 1 or 2."),
    irreversible: z.array(sentence).max(20).default([]),
    leftToPeople: z.array(sentence).max(20).default([]),
    actions: z.array(action).min(1).max(40),
  })
  .superRefine((playbook, context) => {
    for (const { path, message } of contradictions(playbook)) {
      context.addIssue({ code: "custom", path, message });
    }
  });

function keysOf(record: typeof prerequisites): [Prerequisite, ...Prerequisite[]] {
  const [first, ...rest] = Object.keys(record) as Prerequisite[];
  if (!first) throw new Error("There are no prerequisites.");
  return [first, ...rest];
}

type Contradiction = { path: (string | number)[]; message: string };

/** Where a playbook contradicts itself, as far as it can be seen without knowing what its actions do. */
function* contradictions(playbook: Playbook): Generator<Contradiction> {
  if (playbook.irreversible.length > 0 && playbook.approvals < 2) {
    yield { path: ["approvals"], message: "What can't be undone takes 2 approvals." };
  }
  if (playbook.approvals === 0 && playbook.risk !== "low") {
    yield { path: ["approvals"], message: "Only what is of low risk may go without an approval." };
  } else if (playbook.approvals === 0 && !onlyTells(playbook)) {
    yield {
      path: ["approvals"],
      message: "What changes anything takes an approval: only notices may go without.",
    };
  }
  const lists: [string, readonly string[]][] = [
    ["fixes", playbook.fixes],
    ["clouds", playbook.clouds],
  ];
  for (const [spot, ids] of lists) {
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) !== index) yield { path: [spot, index], message: `${id} is listed twice.` };
    }
  }
  for (const [id, spec] of Object.entries(playbook.parameters)) yield* judgeParameter(id, spec);
  const declared = new Set(Object.keys(playbook.parameters));
  for (const [index, { id, with: values, when }] of playbook.actions.entries()) {
    if (playbook.actions.findIndex((other) => other.id === id) !== index) {
      yield { path: ["actions", index, "id"], message: `There are two actions ${id}.` };
    }
    for (const found of [...referencesOf(values ?? {}, ["with"]), ...parametersOf(when, ["when"])]) {
      if (declared.has(found.name)) continue;
      yield { path: ["actions", index, ...found.path], message: `There is no parameter ${found.name}.` };
    }
  }
}

function* judgeParameter(id: string, spec: ParameterSpec): Generator<Contradiction> {
  const path = ["parameters", id];
  if (spec.type === "number" && spec.min !== undefined && spec.max !== undefined && spec.min > spec.max) {
    yield { path: [...path, "min"], message: "The least is more than the most." };
  }
  if ("pattern" in spec && spec.pattern !== undefined && !compiles(spec.pattern)) return;
  if (spec.default === undefined) return;
  const parsed = valueSchema(spec).safeParse(spec.default);
  const [issue] = parsed.error?.issues ?? [];
  if (issue) yield { path: [...path, "default", ...issue.path.map(String)], message: issue.message };
}

function compiles(text: string): boolean {
  try {
    wholly(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

type Reference = { name: string; path: (string | number)[] };

/** Every `{ "$parameter": … }` in a value. */
function* referencesOf(given: Json, path: (string | number)[]): Generator<Reference> {
  if (Array.isArray(given)) {
    for (const [index, each] of given.entries()) yield* referencesOf(each, [...path, index]);
  } else if (typeof given === "object" && given !== null) {
    if (typeof given.$parameter === "string") yield { name: given.$parameter, path };
    else for (const [key, each] of Object.entries(given)) yield* referencesOf(each, [...path, key]);
  }
}

function* parametersOf(condition: Condition | undefined, path: (string | number)[]): Generator<Reference> {
  if (!condition) return;
  if (condition.parameter) yield { name: condition.parameter.name, path: [...path, "parameter", "name"] };
  for (const several of ["all", "any"] as const) {
    for (const [index, each] of (condition[several] ?? []).entries()) {
      yield* parametersOf(each, [...path, several, index]);
    }
  }
  yield* parametersOf(condition.not, [...path, "not"]);
}
