/** The GUIDs of Azure's own roles, the same in every tenant. */
export const builtInRoles = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  userAccessAdministrator: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
} as const;

/**
 * What a scope is called when it holds a whole subscription, or more; `null` for a part of one.
 *
 * @param scope Such as `/`, a management group's id, or `/subscriptions/<id>/resourceGroups/<name>`.
 */
export function wideScopeName(scope: string): string | null {
  if (scope === "/") return "the tenant's root";
  const steps = scope.split("/").filter(Boolean);
  const [first = "", second = ""] = steps.map((step) => step.toLowerCase());
  if (first === "subscriptions") return steps.length === 2 ? "the subscription" : null;
  return first === "providers" && second === "microsoft.management"
    ? `management group ${steps.at(-1) ?? ""}`
    : null;
}
