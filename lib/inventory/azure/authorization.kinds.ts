/** What a role allows: `actions` without `notActions`, and the same for data. */
export type RolePermission = {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
};

export interface AzureAuthorizationKinds {
  /** The subscription as something that roles give access to. Uid: `<subscription>/providers/Microsoft.Authorization`. */
  "azure.authorization.subscription": {
    displayName: string | null;
    /** Such as `Enabled` or `Disabled`. */
    state: string | null;
  };
  /** A role given to someone in the subscription, or above it where that reaches the subscription. */
  "azure.authorization.role-assignment": {
    /** The GUID that the role's definition has in every tenant, such as Owner's; lower case. */
    roleId?: string;
    /** `/` for the tenant's root, a management group, the subscription, or something in it. */
    scope?: string;
    principalId?: string;
    principalType: string | null;
    /** The condition that limits it; `null` without one. */
    condition: string | null;
    createdAt: string | null;
  };
  /** A role that the customer defined. */
  "azure.authorization.custom-role": {
    roleName: string;
    description: string | null;
    permissions?: RolePermission[];
    assignableScopes?: string[];
  };
}
