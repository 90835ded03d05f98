import type { ArmResource, Subscription } from "#sandbox/azure/model.ts";
import { AzureError } from "#sandbox/azure/model.ts";
import type { TestCloud } from "./test-cloud.ts";
import { testFaults } from "./test-faults.ts";

const victim = "mlexperiments0421";

const subscriptionOf = ({ sandbox }: TestCloud): Subscription => {
  const found = [...(sandbox.azure?.estate.subscriptions.values() ?? [])].find(
    ({ name }) => name === "Acme Data",
  );
  if (!found) throw new Error("Acme has no such subscription.");
  return found;
};

function victimOf(cloud: TestCloud): { subscription: Subscription; found: ArmResource[] } {
  const subscription = subscriptionOf(cloud);
  const found = [...subscription.tree.all()].filter(({ id }) =>
    id.toLowerCase().includes(`/storageaccounts/${victim}`),
  );
  return { subscription, found };
}

await testFaults({
  cloud: "azure",
  accounts: ["Acme Data", "Acme Payments"],
  service: { name: "storage", permissions: "Microsoft.Storage/*" },
  victim,
  facets: ["Microsoft.Storage/storageAccounts/blobServices/read"],
  list: {
    operation: /^GET Microsoft\.Storage\/storageAccounts$/,
    permission: "Microsoft.Storage/storageAccounts/read",
  },
  describe: /blobServices$/,
  removeVictim: (cloud) => {
    const { subscription, found } = victimOf(cloud);
    for (const { id } of found) subscription.tree.delete(id);
    return () => {
      for (const resource of found) subscription.tree.put(resource);
    };
  },
  tagVictim: (cloud, tags) => {
    const { found } = victimOf(cloud);
    const account = found.find(({ type }) => type === "Microsoft.Storage/storageAccounts");
    if (!account) throw new Error("There is no such storage account.");
    const before = account.tags;
    account.tags = tags;
    return () => {
      account.tags = before ?? {};
    };
  },
  revoke: ({ sandbox }) => {
    const principals = [...(sandbox.azure?.estate.tenants.values() ?? [])].flatMap((tenant) => [
      ...tenant.principals.values(),
    ]);
    const before = principals.map((principal) => ({ principal, access: new Map(principal.access) }));
    for (const principal of principals) principal.access.clear();
    return () => {
      for (const { principal, access } of before) principal.access = access;
    };
  },
  outage: () => new AzureError(500, "InternalServerError", "Down."),
});
