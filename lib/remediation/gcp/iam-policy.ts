import { z } from "zod";
import { required } from "#lib/inventory/answers.ts";
import type { Json } from "../model.ts";

const Condition = z.object({
  title: z.string().max(1_000),
  description: z.string().max(5_000),
  expression: z.string().max(10_000),
});

/** A line of an IAM policy; its condition is null when the role always holds. */
export const Grant = z.object({
  role: z.string().min(1).max(300),
  members: z.array(z.string().min(1).max(1_000)).max(5_000),
  condition: Condition.nullable(),
});
export type Grant = z.infer<typeof Grant>;

/** Members to take out of a policy, and to put in; whatever else is in it stays. */
export const PolicyChange = z.object({ remove: z.array(Grant).max(500), add: z.array(Grant).max(500) });
export type PolicyChange = z.infer<typeof PolicyChange>;

/** A policy's bindings as the APIs write them. */
export type WrittenBinding = {
  role?: string | null;
  members?: string[] | null;
  condition?: { title?: string | null; description?: string | null; expression?: string | null } | null;
};

/** A policy's lines in one order, those for the same role and condition as one. */
export function grantsFrom(bindings: readonly WrittenBinding[] | null | undefined): Grant[] {
  return merged(
    (bindings ?? []).map(({ role, members, condition }) => ({
      role: required(role, "role"),
      members: members ?? [],
      condition: condition
        ? {
            title: condition.title ?? "",
            description: condition.description ?? "",
            expression: condition.expression ?? "",
          }
        : null,
    })),
  );
}

/** The lines after a change; those that nobody is left in are gone. */
export function changeGrants(grants: readonly Grant[], { remove, add }: PolicyChange): Grant[] {
  const gone = new Map(remove.map((grant) => [keyOf(grant), new Set(grant.members)]));
  const left = grants.map((grant) => ({
    ...grant,
    members: grant.members.filter((member) => !gone.get(keyOf(grant))?.has(member)),
  }));
  return merged([...left, ...add]);
}

/** What leads from one policy to another. */
export function differenceOf(from: readonly Grant[], to: readonly Grant[]): PolicyChange {
  const beyond = (a: readonly Grant[], b: readonly Grant[]): Grant[] => {
    const known = new Map(b.map((grant) => [keyOf(grant), new Set(grant.members)]));
    return merged(
      a.map((grant) => ({
        ...grant,
        members: grant.members.filter((member) => !known.get(keyOf(grant))?.has(member)),
      })),
    );
  };
  return { remove: beyond(from, to), add: beyond(to, from) };
}

/** The bindings as they are written back, with empty texts left out as they came. */
export const writtenBindings = (grants: readonly Grant[]): WrittenBinding[] =>
  grants.map(({ role, members, condition }) => ({
    role,
    members,
    ...(condition
      ? {
          condition: {
            title: condition.title,
            expression: condition.expression,
            ...(condition.description === "" ? {} : { description: condition.description }),
          },
        }
      : {}),
  }));

/** A policy with conditions has to say that its writer knows of them. */
export const versionOf = (grants: readonly Grant[]): number =>
  grants.some(({ condition }) => condition) ? 3 : 1;

/** The change as a plan holds it. */
export const asJson = ({ remove, add }: PolicyChange): { [key: string]: Json } => ({ remove, add });

function merged(grants: readonly Grant[]): Grant[] {
  const byKey = new Map<string, Grant>();
  for (const grant of grants) {
    const members = [...(byKey.get(keyOf(grant))?.members ?? []), ...grant.members];
    byKey.set(keyOf(grant), { ...grant, members: [...new Set(members)].sort() });
  }
  return [...byKey]
    .filter(([, { members }]) => members.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, grant]) => grant);
}

const keyOf = ({ role, condition }: Grant): string =>
  JSON.stringify([role, condition?.expression ?? null, condition?.title, condition?.description]);
