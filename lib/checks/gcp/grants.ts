import type { IamBinding } from "#lib/inventory/gcp/iam-bindings.ts";

/** One member holding one role. */
export type Grant = {
  member: string;
  role: string;
  isConditional: boolean;
  /** Of its binding, as `/bindings/2`. */
  path: string;
};

/**
 * What a policy grants at `asOf`: one entry per role and member. A binding that ended grants nothing. One with any other
 * condition counts, since whoever meets the condition has the role. Deleted members are left out: nobody can be them.
 */
export function grantsOf(bindings: readonly IamBinding[], asOf: Date): Grant[] {
  return bindings.flatMap(({ role, members, condition }, index) =>
    condition !== null && hasEnded(condition, asOf)
      ? []
      : members
          .filter((member) => !member.startsWith("deleted:"))
          .map((member) => ({
            member,
            role,
            isConditional: condition !== null,
            path: `/bindings/${index}`,
          })),
  );
}

/** Only a condition that is nothing but an end is read, such as `request.time < timestamp("2026-01-01T00:00:00Z")`. */
function hasEnded(expression: string, asOf: Date): boolean {
  const end = /^\s*request\.time\s*<=?\s*timestamp\(\s*(["'])([^"']+)\1\s*\)\s*$/.exec(expression)?.[2];
  return end !== undefined && Date.parse(end) < asOf.getTime();
}

/**
 * Roles by which one runs a project, or a service of it: the basic ones that write, and those that call themselves
 * administrator.
 */
export const isAdminRole = (role: string): boolean =>
  /^roles\/(owner|editor|writer)$/.test(role) || /admin/i.test(role.split("/").at(-1) ?? "");

/** The e-mail of a service account that is named as a member; `null` for everybody else. */
export const serviceAccountOf = (member: string): string | null =>
  member.startsWith("serviceAccount:") ? member.slice("serviceAccount:".length) : null;

/** Accounts by which Google's own services act for the project: their roles are given by Google, and needed. */
export function isServiceAgent(email: string): boolean {
  const [name = "", domain = ""] = email.split("@");
  return (
    /^service-(org-|folder-)?\d+$/.test(name) ||
    /^gcp-sa-[a-z0-9-]+\.iam\.gserviceaccount\.com$/.test(domain) ||
    /^(cloudservices|cloudbuild|system)\.gserviceaccount\.com$/.test(domain)
  );
}

/** Whether a member stands for people: users, groups, everybody of a domain, a workforce or all the world. */
export function isPeople(member: string): boolean {
  if (/^(user|group|domain):/.test(member) || /^all(Authenticated)?Users$/.test(member)) return true;
  return /^principal(Set)?:\/\//.test(member) && !member.includes("/workloadIdentityPools/");
}

/** A grant in words, such as `user:ada@example.com has roles/owner (under a condition)`. */
export const describeGrant = ({ member, role, isConditional }: Grant): string =>
  `${member} has ${role}${isConditional ? " (under a condition)" : ""}`;

/** Members that hold a role of both sets, with the bindings that say so. */
export function findJoinedDuties(
  grants: readonly Grant[],
  isFirst: (role: string) => boolean,
  isSecond: (role: string) => boolean,
): { member: string; first: Grant; second: Grant }[] {
  return [...new Set(grants.map(({ member }) => member))].flatMap((member) => {
    const own = grants.filter((grant) => grant.member === member);
    const first = own.find(({ role }) => isFirst(role));
    const second = own.find(({ role }) => isSecond(role));
    return first && second ? [{ member, first, second }] : [];
  });
}
