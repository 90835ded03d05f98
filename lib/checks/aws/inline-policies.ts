import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { InlinePolicy } from "#lib/inventory/aws/iam.kinds.ts";
import { findAdminGrant } from "./admin-policy.ts";

/** Fails for the first inline policy that makes administrators, wherever the rest can't be read. */
export function judgeInlinePolicies(policies: readonly InlinePolicy[] | undefined): Verdict {
  if (!policies) return unknown("inline policies");
  let unread: string | null = null;
  for (const [index, { name, document }] of policies.entries()) {
    const grant = findAdminGrant(document);
    if (grant)
      return fail(
        `The inline policy ${name} allows ${grant.what}.`,
        `/inlinePolicies/${index}/document${grant.pointer}`,
      );
    if (grant === undefined) unread = name;
  }
  return unread === null ? pass() : unknown(`document of the inline policy ${unread}`);
}
