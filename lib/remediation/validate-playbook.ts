import type { z } from "zod";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import { type Cloud, cloudOf } from "#lib/inventory/model.ts";
import { ActionRefused, type ActionTraits, actionKinds, handlerOf } from "./action-handler.ts";
import { mightMeet } from "./conditions.ts";
import type { Json } from "./model.ts";
import type { PlaybookProblem } from "./parse-playbook.ts";
import type { Playbook, PlaybookAction } from "./playbook.ts";
import { builtInPlaybooks } from "./playbooks/index.ts";

/**
 * What is wrong with a playbook of the right shape: it names actions, operations or checks that there are none of, gives an
 * operation what that doesn't take, or asks for fewer people than what it does takes. Empty when it may be used.
 *
 * The built-in kinds of action must be registered. Loads the clouds' SDKs.
 *
 * @param source A playbook of an organisation's own may not take a built-in one's id.
 */
export async function validatePlaybook(
  playbook: Playbook,
  source: "custom" | "built_in" = "custom",
): Promise<PlaybookProblem[]> {
  const problems: PlaybookProblem[] = [];
  const tell = (path: (string | number)[], message: string) => {
    problems.push({ path: path.join("."), message });
  };
  if (source === "custom" && builtInPlaybooks.some(({ id }) => id === playbook.id)) {
    tell(["id"], `${playbook.id} is a playbook that comes with Parapet: choose another id.`);
  }
  const checks = judgeFixes(playbook, tell);
  const judged: { action: PlaybookAction; traits: ActionTraits | null }[] = [];
  for (const [index, action] of playbook.actions.entries()) {
    judged.push({ action, traits: await judgeAction(playbook, action, ["actions", index], tell) });
  }
  for (const [index, check] of checks) judgeReach(check, index, playbook, judged, tell);
  for (const [index, { action, traits }] of judged.entries()) {
    const everMet = checks.some(([, check]) => mightMeet(action.when, factsOf(check)));
    if (traits && checks.length > 0 && !everMet) {
      tell(["actions", index, "when"], "Its condition is met by no check that the playbook fixes.");
    }
  }
  return problems;
}

type Tell = (path: (string | number)[], message: string) => void;

function judgeFixes(playbook: Playbook, tell: Tell): [number, AnyCheck][] {
  const known = new Map(catalogue.map((check) => [check.id, check]));
  const found: [number, AnyCheck][] = [];
  const covered = new Set<Cloud>();
  for (const [index, id] of playbook.fixes.entries()) {
    const check = known.get(id);
    if (!check) {
      tell(["fixes", index], `There is no check ${id}.`);
      continue;
    }
    found.push([index, check]);
    covered.add(cloudOf(id));
    if (!playbook.clouds.includes(cloudOf(id))) {
      tell(["clouds"], `${id} is a check of ${cloudOf(id)}, which isn't among the playbook's clouds.`);
    }
  }
  for (const [index, cloud] of playbook.clouds.entries()) {
    if (!covered.has(cloud)) tell(["clouds", index], `The playbook fixes no check of ${cloud}.`);
  }
  return found;
}

async function judgeAction(
  playbook: Playbook,
  action: PlaybookAction,
  path: (string | number)[],
  tell: Tell,
): Promise<ActionTraits | null> {
  const { kind, operation, with: given = {} } = action;
  if (!actionKinds().includes(kind)) {
    tell([...path, "kind"], `There is no kind of action ${kind}; there are ${actionKinds().join(", ")}.`);
    return null;
  }
  // What a parameter will be is known later; its default, if any, stands in for it.
  const values = withDefaults(given, playbook) as Record<string, Json>;
  let traits: ActionTraits;
  try {
    traits = handlerOf(kind).describe({ kind, operation, with: values });
  } catch (error) {
    if (!(error instanceof DomainError || error instanceof ActionRefused)) throw error;
    tell([...path, "operation"], error.message);
    return null;
  }
  if (traits.cloud) await judgeValues(operation, given, values, [...path, "with"], tell);
  if (traits.cloud && !playbook.clouds.includes(traits.cloud)) {
    tell([...path, "operation"], `It is for ${traits.cloud}, which isn't among the playbook's clouds.`);
  }
  if (traits.irreversible !== null) {
    if (playbook.approvals < 2)
      tell(["approvals"], `${action.title} can't be undone, which takes 2 approvals.`);
    if (playbook.irreversible.length === 0) {
      tell(["irreversible"], `Say that ${action.title} can't be undone: ${traits.irreversible}`);
    }
  }
  return traits;
}

const unset = "\u0000unset";

function withDefaults(value: Json, playbook: Playbook): Json {
  if (Array.isArray(value)) return value.map((each) => withDefaults(each, playbook));
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.$parameter === "string") {
    const spec = playbook.parameters[value.$parameter];
    if (spec?.type === "list") return [...(spec.default ?? [])];
    return spec?.default ?? unset;
  }
  if (value.$checks === true) return [...playbook.fixes];
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withDefaults(each, playbook)]));
}

/** Holds the values of a cloud's operation to the operation's own schema. */
async function judgeValues(
  operation: string,
  given: Record<string, Json>,
  values: Record<string, Json>,
  path: (string | number)[],
  tell: Tell,
): Promise<void> {
  const { operationOf } = await import("./catalogue.ts");
  const schema = operationOf(operation)?.parameters;
  if (!schema) return;
  for (const key of Object.keys(given)) {
    if (!keysOf(schema).includes(key)) tell([...path, key], `${operation} has no parameter ${key}.`);
  }
  const left = [...unsetOf(values, [])];
  for (const issue of schema.safeParse(values).error?.issues ?? []) {
    const at = issue.path.map(String).join(".");
    if (left.includes(at)) continue;
    tell([...path, ...issue.path.map(String)], issue.message);
  }
}

function* unsetOf(value: Json, path: string[]): Generator<string> {
  if (value === unset) yield path.join(".");
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value)) yield* unsetOf(each, [...path, key]);
}

const keysOf = (schema: z.ZodType): string[] =>
  "shape" in schema && typeof schema.shape === "object" && schema.shape !== null
    ? Object.keys(schema.shape)
    : [];

/** Each check must have an action that can be done to its resources, and none that can't. */
function judgeReach(
  check: AnyCheck,
  index: number,
  playbook: Playbook,
  judged: readonly { action: PlaybookAction; traits: ActionTraits | null }[],
  tell: Tell,
): void {
  let reached = judged.some(({ traits }) => traits === null);
  for (const [at, { action, traits }] of judged.entries()) {
    if (!traits || !mightMeet(action.when, factsOf(check))) continue;
    if (traits.kinds === null || traits.kinds.includes(check.resource)) {
      reached = true;
      continue;
    }
    tell(
      ["actions", at, "when"],
      `${check.id} is about ${check.resource}, which ${action.operation} can't be done to.`,
    );
  }
  if (!reached) tell(["fixes", index], `No action of ${playbook.id} is done for ${check.id}.`);
}

const factsOf = (check: AnyCheck) =>
  ({ target: { cloud: cloudOf(check.id), kind: check.resource }, checks: [check.id] }) as const;
