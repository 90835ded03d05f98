/**
 * A path of Azure Resource Manager: `/subscriptions/<id>/resourceGroups/<name>/providers/<namespace>/<type>/<name>…`.
 * Whatever is in front of the last `providers` is the scope, so that what hangs on a resource (`<resource>/providers/
 * Microsoft.Insights/diagnosticSettings/<name>`) has that resource for its scope.
 */
export type ArmPath = {
  /** As sent, without a closing slash. */
  id: string;
  /** `null` above subscriptions. */
  subscriptionId: string | null;
  resourceGroup: string | null;
  /** What is in front of the last `/providers/`, or the whole; empty for the tenant itself. */
  scope: string;
  /** Namespace and types, such as `Microsoft.Sql/servers/databases`. */
  type: string;
  /** The names of the resource and of those above it, one per type; one fewer for a collection. */
  names: string[];
  isCollection: boolean;
};

const ownTypes: Record<string, string> = {
  subscriptions: "Microsoft.Resources/subscriptions",
  resourcegroups: "Microsoft.Resources/resourceGroups",
  tenants: "Microsoft.Resources/tenants",
};

export function parseArmPath(path: string): ArmPath {
  const id = path.replace(/\/+$/, "");
  const steps = id.split("/").slice(1);
  const isInSubscription = steps[0]?.toLowerCase() === "subscriptions";
  const isInGroup = isInSubscription && steps[2]?.toLowerCase() === "resourcegroups";
  const provider = steps.findLastIndex((step) => step.toLowerCase() === "providers");
  const common = {
    id,
    subscriptionId: isInSubscription ? (steps[1] ?? null) : null,
    resourceGroup: isInGroup ? (steps[3] ?? null) : null,
  };
  if (provider === -1 || provider + 1 >= steps.length) {
    // Subscriptions, resource groups and tenants have no provider in their path.
    const last = steps.length % 2 === 1 ? steps.length - 1 : steps.length - 2;
    const word = steps[last]?.toLowerCase() ?? "";
    const inSubscription = `Microsoft.Resources/subscriptions/${steps[last] ?? ""}`;
    return {
      ...common,
      scope: `/${steps.slice(0, last).join("/")}`.replace(/\/$/, ""),
      type: ownTypes[word] ?? inSubscription,
      names: steps.length % 2 === 1 ? [] : [steps.at(-1) ?? ""],
      isCollection: steps.length % 2 === 1,
    };
  }
  const [namespace = "", ...rest] = steps.slice(provider + 1);
  return {
    ...common,
    scope: provider === 0 ? "" : `/${steps.slice(0, provider).join("/")}`,
    type: [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/"),
    names: rest.filter((_, index) => index % 2 === 1),
    isCollection: rest.length % 2 === 1,
  };
}

/** The path without its last step: the resource that a POST names an action of. */
export const parentOf = (path: ArmPath): ArmPath => parseArmPath(path.id.slice(0, path.id.lastIndexOf("/")));
