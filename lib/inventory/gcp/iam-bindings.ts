import { cut, MalformedAnswer, required } from "../answers.ts";

/** One line of an IAM policy: who has a role, and under what condition. */
export type IamBinding = {
  role: string;
  members: string[];
  /** A CEL expression; `null` when the role always holds. */
  condition: string | null;
};

type PolicyAnswer = {
  bindings?:
    | {
        role?: string | null;
        members?: string[] | null;
        condition?: { expression?: string | null } | null;
      }[]
    | null;
  etag?: string | null;
};

/** The bindings of a policy as `getIamPolicy` answers it; a resource that nobody was given a role on has none. */
export function bindingsOf(policy: PolicyAnswer): IamBinding[] {
  if (!policy.bindings && !policy.etag) throw new MalformedAnswer("The answer is no IAM policy.");
  return (policy.bindings ?? []).map(({ role, members, condition }) => ({
    role: cut(required(role, "role")),
    members: (members ?? []).map(cut),
    condition: condition ? cut(condition.expression ?? "") : null,
  }));
}
