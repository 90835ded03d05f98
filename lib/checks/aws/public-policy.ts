import { namesEveryone, statementsOf } from "./policy-document.ts";

/**
 * Whether a bucket policy is public: Amazon's own judgement where it could be read; otherwise from the policy when it
 * leaves no doubt, and `undefined` when it does (a grant to everyone under conditions, a NotPrincipal, a Deny beside it).
 */
export function isPolicyPublic(bucket: {
  policy?: unknown;
  policyIsPublic?: boolean | null;
}): boolean | undefined {
  if (bucket.policyIsPublic !== undefined) return bucket.policyIsPublic ?? false;
  if (bucket.policy === undefined) return undefined;
  if (bucket.policy === null) return false;
  const statements = statementsOf(bucket.policy);
  if (!statements) return undefined;
  const grants = statements.filter(({ effect }) => effect === "Allow");
  const wide = grants.filter((statement) => namesEveryone(statement) || statement.notPrincipals);
  if (!wide.length) return false;
  const denials = statements.some(({ effect, conditions }) => effect === "Deny" && !conditions.length);
  const certain = wide.some((statement) => namesEveryone(statement) && !statement.conditions.length);
  return certain && !denials ? true : undefined;
}
