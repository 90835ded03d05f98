/** Members of IAM policies, dataset access and ACLs that stand for anyone, and what they are called in a reason. */
const publicMembers: Record<string, string> = {
  allUsers: "everyone",
  allAuthenticatedUsers: "every Google account",
};

/** Who a member stands for when it is anyone at all; `null` for everybody else. */
export const publicName = (member: string): string | null => publicMembers[member] ?? null;

export type PublicGrant = { role: string; to: string; index: number };

/** The lines of an IAM policy that grant something to anyone. Google doesn't let conditions narrow such a grant. */
export function publicBindings(
  bindings: readonly { role: string; members: readonly string[] }[],
): PublicGrant[] {
  return bindings.flatMap(({ role, members }, index) => {
    const names = [...new Set(members.flatMap((member) => publicName(member) ?? []))];
    return names.length > 0 ? [{ role, to: names.join(" and "), index }] : [];
  });
}
