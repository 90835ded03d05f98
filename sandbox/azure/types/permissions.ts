import type { ArmType } from "#sandbox/azure/model.ts";

/** What the caller itself is granted in the subscription, one item for each of its role assignments. */
export const permissionTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Authorization/permissions",
    isExtension: true,
    list: ({ principal, subscription }) => {
      const access = principal.access.get(subscription.id.toLowerCase());
      const id = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/permissions/own`;
      return access
        ? [{ id, name: "own", type: "Microsoft.Authorization/permissions", properties: { ...access } }]
        : [];
    },
    // They are no resources: an item has neither id nor name.
    showInList: ({ properties }) => ({
      actions: properties.actions,
      notActions: properties.notActions,
      dataActions: [],
      notDataActions: [],
    }),
  },
];
