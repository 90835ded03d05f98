import { gcloud } from "./command.ts";
import type { Grant, PolicyChange } from "./iam-policy.ts";

/**
 * The gcloud commands for a change of an IAM policy: one per role and member, in the order of the change.
 *
 * @param group Such as `storage buckets`.
 */
export function policyCommands(group: string, resource: string, { remove, add }: PolicyChange): string {
  const each = (verb: "add" | "remove", grants: readonly Grant[]) =>
    grants.flatMap(({ role, members, condition }) =>
      members.map((member) =>
        gcloud(`${group} ${verb}-iam-policy-binding`, [resource], {
          role,
          member,
          condition: condition
            ? Object.entries(condition)
                .filter(([, text]) => text !== "")
                .map(([field, text]) => `${field}=${text}`)
            : "None",
        }),
      ),
    );
  return [...each("remove", remove), ...each("add", add)].join(" && ");
}
