import { testCheck } from "#lib/checks/test-check.ts";
import type { AzureAuthorizationKinds } from "#lib/inventory/azure/authorization.kinds.ts";
import { ownerCount } from "./owner-count.ts";

type Assignment = AzureAuthorizationKinds["azure.authorization.role-assignment"];

const kind = "azure.authorization.role-assignment" as const;
const subscriptionId = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const owner = (principalId: string, change: Partial<Assignment> = {}) => ({
  kind,
  name: principalId,
  config: {
    roleId: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    scope: subscriptionId,
    principalId,
    principalType: "User",
    condition: null,
    createdAt: null,
    ...change,
  },
});
const reader = (name: string) => owner(name, { roleId: "acdd72a7-3385-48ef-bd42-f606fba81ae7" });
const inherited = { scope: "/providers/Microsoft.Management/managementGroups/acme" };
const group = (name: string) => owner(name, { principalType: "Group" });
const subscription = (...related: ReturnType<typeof owner>[]) => ({
  config: { displayName: "Acme Apps", state: "Enabled" },
  related,
});

testCheck(ownerCount, {
  pass: [
    subscription(owner("ana"), owner("ben")),
    subscription(
      owner("ana"),
      owner("pipeline", { principalType: "ServicePrincipal" }),
      owner("ben", inherited),
    ),
    subscription(owner("ana"), owner("ana", inherited), owner("ben"), reader("cleo"), reader("dan")),
    subscription(
      owner("ana"),
      owner("ben"),
      owner("cleo"),
      owner("dan", { scope: `${subscriptionId}/resourceGroups/a` }),
    ),
    subscription(owner("ana"), owner("ben"), owner("cleo", { roleId: "acdd72a7", scope: undefined })),
  ],
  fail: [
    [subscription(reader("ana")), "The subscription has no owner."],
    [subscription(owner("ana"), owner("ana", inherited)), "The subscription has but one owner."],
    [
      subscription(owner("ana"), owner("ben"), owner("cleo"), owner("dan", { scope: "/" })),
      "The subscription has 4 owners.",
    ],
    [
      subscription(owner("ana"), owner("ben"), owner("cleo"), owner("dan"), group("admins")),
      "The subscription has at least 4 owners.",
    ],
    [
      { ...subscription(owner("ana"), owner("ben"), owner("cleo"), owner("dan")), incomplete: [kind] },
      "The subscription has at least 4 owners.",
    ],
  ],
  unknown: [
    { ...subscription(owner("ana"), owner("ben")), incomplete: [kind] },
    subscription(owner("ana"), group("admins")),
    subscription(owner("ana"), owner("ben"), owner("cleo", { principalType: null })),
    subscription(owner("ana"), owner("ben"), owner("cleo", { roleId: undefined })),
    subscription(owner("ana"), owner("ben"), owner("cleo", { scope: undefined })),
  ],
});
