import { actionMatches, globMatches } from "./glob.ts";
import { type Condition, type Statement, statementsOf } from "./policy-document.ts";

export type Grant = {
  /** JSON Pointer within the document to the statement. */
  pointer: string;
  /** Such as `every action on every resource`. */
  what: string;
};

/**
 * The statement by which an identity policy makes an administrator, `null` when none does, `undefined` when the
 * document isn't shaped like a policy.
 *
 * An administrator may do everything, or everything but named exceptions (NotAction, NotResource, a Deny) that leave
 * IAM in reach: whoever may do anything in IAM can hand itself the rest. A condition that narrows who, where or what
 * makes the grant less than full; one on MFA, or one that always holds, doesn't.
 */
export function findAdminGrant(document: unknown): Grant | null | undefined {
  const statements = statementsOf(document);
  if (!statements) return undefined;
  if (statements.some((statement) => statement.effect === "Deny" && withholdsIam(statement))) return null;
  const grants = statements.filter((statement) => statement.effect === "Allow" && isUnconditional(statement));
  const handsOutIam = grants.some(
    ({ actions, resources }) =>
      actions?.some((pattern) => actionMatches(pattern, "iam:*")) && resources?.some(isEveryResource),
  );
  for (const statement of grants) {
    const actions = broadActions(statement, handsOutIam);
    const resources = broadResources(statement);
    if (actions && resources) return { pointer: statement.pointer, what: `${actions} on ${resources}` };
  }
  return null;
}

/** @param handsOutIam Another statement grants all of IAM, so that an exception for IAM takes nothing away. */
function broadActions({ actions, notActions }: Statement, handsOutIam: boolean): string | null {
  if (actions) return actions.some(isEveryAction) ? "every action" : null;
  if (!notActions || notActions.some(isEveryAction)) return null;
  if (!handsOutIam && notActions.some((pattern) => actionMatches(pattern, "iam:*"))) return null;
  return notActions.length ? `every action except ${list(notActions)}` : "every action";
}

function broadResources({ resources, notResources }: Statement): string | null {
  if (resources) return resources.some(isEveryResource) ? "every resource" : null;
  if (!notResources || notResources.some(coversIamResources)) return null;
  return notResources.length ? `every resource except ${list(notResources)}` : "every resource";
}

/** Denies all of IAM on all of its resources, always: a condition, such as one on MFA, leaves a way in. */
function withholdsIam({ actions, notActions, resources, notResources, conditions }: Statement): boolean {
  if (conditions.length) return false;
  const allOfIam = actions
    ? actions.some((pattern) => actionMatches(pattern, "iam:*"))
    : (notActions?.every((pattern) => !/^(iam|[^:]*[*?][^:]*)(:|$)/i.test(pattern)) ?? false);
  const allResources = resources
    ? resources.some(coversIamResources)
    : (notResources?.every((pattern) => /^arn:[^:*?]+:(?!iam)[^:*?]+:/.test(pattern)) ?? false);
  return allOfIam && allResources;
}

const isEveryAction = (pattern: string) => /^\*+(:\*+)?$/.test(pattern);
/** `*`, or an ARN of wildcards alone from the service on, such as `arn:aws:*`. */
const isEveryResource = (pattern: string) => /^(\*+|arn:(aws[a-z-]*\*?|\*)(:\*+)+)$/.test(pattern);
const coversIamResources = (pattern: string) =>
  isEveryResource(pattern) || globMatches(pattern, "arn:aws:iam::*");

function isUnconditional(statement: Statement): boolean {
  return statement.conditions.every(narrowsNothing);
}

function narrowsNothing({ operator, key, values, set }: Condition): boolean {
  if (key === "aws:multifactorauthpresent" || key === "aws:multifactorauthage") return true;
  // ForAllValues holds when the request lacks the key, which is the caller's to choose for most keys.
  if (set === "forallvalues") return true;
  if (operator === "stringlike" || operator === "arnlike") return values.some((value) => /^\*+$/.test(value));
  return operator === "ipaddress" && values.includes("0.0.0.0/0");
}

const list = (patterns: string[]) =>
  patterns.length > 3
    ? `${patterns.slice(0, 3).join(", ")} and ${patterns.length - 3} more`
    : patterns.join(", ");
