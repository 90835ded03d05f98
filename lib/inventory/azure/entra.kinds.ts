/** A conditional access policy, as far as it bears on who has to show a second factor. */
export type AccessPolicy = {
  id: string;
  name: string;
  state: "enabled" | "disabled" | "enabledForReportingButNotEnforced";
  /** Object ids, or `All`, `None`, `GuestsOrExternalUsers`. */
  includeUsers: string[];
  includeGroups: string[];
  includeRoles: string[];
  excludeUsers: string[];
  excludeGroups: string[];
  excludeRoles: string[];
  /** Whether some kinds of guests are left out. */
  excludesGuests: boolean;
  /** Ids of applications, or `All`, `None`, `Office365`. */
  includeApplications: string[];
  excludeApplications: string[];
  /** Names of the conditions that narrow it further, such as `locations` or `signInRiskLevels`. */
  furtherConditions: string[];
  /** What it asks for, such as `mfa` or `compliantDevice`; an authentication strength counts as one too. */
  controls: string[];
  /** Whether all controls have to be met, or one. */
  operator: "AND" | "OR" | null;
};

export interface AzureEntraKinds {
  /** The Microsoft Entra tenant. Uid: `/tenants/<tenant>`. */
  "azure.entra.tenant": {
    securityDefaults?: boolean;
    accessPolicies?: AccessPolicy[];
    /** What guests may see of the directory. */
    guestAccess?: "member" | "limited" | "restricted" | "other";
    /** Who may invite guests: `none`, `adminsAndGuestInviters`, `adminsGuestInvitersAndAllMembers` or `everyone`. */
    guestInviters?: string;
    /** Whether a second factor that a guest showed at home counts here, for all tenants or for some. */
    trustsForeignMfa?: boolean;
  };
  /** A user of the tenant, guests included. Uid: `/tenants/<tenant>/users/<object id>`. */
  "azure.entra.user": {
    principalName: string;
    displayName: string | null;
    isGuest: boolean;
    enabled?: boolean;
    createdAt: string | null;
    /** From the tenant's report on registrations, which leaves out some users, such as the newest: `null` for those. */
    registration?: {
      /** Whether the user holds a role of the directory. */
      isAdmin: boolean;
      mfaRegistered: boolean;
      /** Registered for a method that the tenant's policies allow. */
      mfaCapable: boolean;
      methods: string[];
    } | null;
  };
  /** An application that is registered in the tenant. Uid: `/tenants/<tenant>/applications/<object id>`. */
  "azure.entra.application": {
    /** The client id that it signs in with. */
    appId: string;
    createdAt: string | null;
    /** Its client secrets, the oldest first. */
    secrets?: ApplicationSecret[];
  };
}

/** What Entra tells of a client secret; never the secret. Times are ISO 8601. */
export type ApplicationSecret = {
  id: string;
  name: string | null;
  createdAt: string | null;
  expiresAt: string | null;
};
