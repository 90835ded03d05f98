import type { GraphObject, Tenant } from "#sandbox/azure/model.ts";
import { registrationReport } from "#sandbox/azure/types/entra.ts";
import { guidOf } from "#sandbox/estates/build/azure/guid.ts";
import { daysAgo } from "#sandbox/estates/build/site.ts";
import { namePerson } from "../names.ts";

type Person = {
  name: string;
  ageDays: number;
  /** What they registered. */
  methods: string[];
  isAdmin?: boolean;
  isGuest?: boolean;
  disabled?: boolean;
};

const app = ["microsoftAuthenticatorPush", "softwareOneTimePasscode"];

/** Those who have a story. */
const people: Person[] = [
  { name: "jonas.berg", ageDays: 2100, methods: ["fido2", ...app], isAdmin: true },
  { name: "noah.meyer", ageDays: 1700, methods: ["fido2"], isAdmin: true },
  { name: "mei.tanaka", ageDays: 1500, methods: app },
  { name: "sven.lindqvist", ageDays: 1420, methods: app },
  { name: "priya.nair", ageDays: 1380, methods: ["windowsHelloForBusiness", ...app] },
  // Made a directory administrator for one afternoon, to register an application.
  { name: "sofia.alvarez", ageDays: 900, methods: [], isAdmin: true },
  { name: "marcus.wallace", ageDays: 2300, methods: [], disabled: true },
  { name: "andreas.contractor", ageDays: 1200, methods: [] },
  { name: "emergency-access-1", ageDays: 1600, methods: ["fido2"], isAdmin: true },
  { name: "emergency-access-2", ageDays: 1600, methods: ["fido2"], isAdmin: true },
  { name: "auditor_kpartners.example#EXT#", ageDays: 210, methods: app, isGuest: true },
  { name: "designer_studio.example#EXT#", ageDays: 500, methods: [], isGuest: true },
];

/** Acme's directory: its people, and how they have to sign in. */
export function addDirectory(tenant: Tenant, { scale, now }: { scale: number; now: Date }): void {
  const others = Array.from({ length: 40 * scale }, (_, n): Person => {
    return { name: namePerson(n), ageDays: 40 + ((n * 37) % 1500), methods: n % 13 === 5 ? [] : app };
  });
  const all = [...people, ...others];
  tenant.graph.set(
    "users",
    all.map((person) => userOf(tenant, person, now)),
  );
  tenant.graph.set(
    registrationReport,
    all.map((person) => registrationOf(person, now)),
  );
  addPolicies(tenant);
}

const addressOf = ({ name }: Person): string => `${name}@acme.example`;

const userOf = (tenant: Tenant, person: Person, now: Date): GraphObject => ({
  id: guidOf(addressOf(person)),
  userPrincipalName: person.isGuest ? `${person.name}@${tenant.domain}` : addressOf(person),
  displayName: person.name,
  mail: addressOf(person),
  userType: person.isGuest ? "Guest" : "Member",
  accountEnabled: !person.disabled,
  createdDateTime: daysAgo({ now }, person.ageDays).toISOString(),
});

function registrationOf(person: Person, now: Date): GraphObject {
  const { methods, isAdmin = false } = person;
  const has = methods.length > 0;
  return {
    id: guidOf(addressOf(person)),
    userPrincipalName: addressOf(person),
    userDisplayName: person.name,
    userType: person.isGuest ? "guest" : "member",
    isAdmin,
    isSsprRegistered: has,
    isSsprEnabled: true,
    isSsprCapable: has,
    isMfaRegistered: has,
    isMfaCapable: has,
    isPasswordlessCapable: methods.includes("fido2"),
    methodsRegistered: methods,
    lastUpdatedDateTime: daysAgo({ now }, 1).toISOString(),
  };
}

function addPolicies({ graph }: Tenant): void {
  // Conditional access took their place when Acme bought the licence.
  graph.set("policies/identitySecurityDefaultsEnforcementPolicy", {
    id: "00000000-0000-0000-0000-000000000005",
    displayName: "Security Defaults",
    isEnabled: false,
  });
  graph.set("identity/conditionalAccess/policies", [
    policy("Require MFA of everyone", {
      excludeUsers: ["emergency-access-1@acme.example", "emergency-access-2@acme.example"].map(guidOf),
    }),
    policy("Block old protocols", { clientAppTypes: ["exchangeActiveSync", "other"], control: "block" }),
    policy("Managed devices for finance", {
      includeGroups: [guidOf("Finance")],
      control: "compliantDevice",
      state: "enabledForReportingButNotEnforced",
    }),
  ]);
  graph.set("policies/authorizationPolicy", {
    id: "authorizationPolicy",
    displayName: "Authorization Policy",
    allowInvitesFrom: "adminsAndGuestInviters",
    guestUserRoleId: "10dae51f-b6af-4016-8d66-8c2a99b929b3",
    allowedToUseSSPR: true,
    defaultUserRolePermissions: { allowedToCreateApps: false, allowedToReadOtherUsers: true },
  });
  graph.set("policies/crossTenantAccessPolicy/default", {
    isServiceDefault: true,
    inboundTrust: {
      isMfaAccepted: false,
      isCompliantDeviceAccepted: false,
      isHybridAzureADJoinedDeviceAccepted: false,
    },
  });
  graph.set("policies/crossTenantAccessPolicy/partners", []);
}

type PolicyStory = {
  state?: "enabled" | "disabled" | "enabledForReportingButNotEnforced";
  includeGroups?: string[];
  excludeUsers?: string[];
  clientAppTypes?: string[];
  control?: string;
};

const policy = (
  displayName: string,
  {
    state = "enabled",
    includeGroups = [],
    excludeUsers = [],
    clientAppTypes = ["all"],
    control = "mfa",
  }: PolicyStory,
): GraphObject => ({
  id: guidOf(displayName),
  displayName,
  createdDateTime: "2024-02-12T10:00:00Z",
  modifiedDateTime: null,
  state,
  sessionControls: null,
  conditions: {
    clientAppTypes,
    signInRiskLevels: [],
    userRiskLevels: [],
    platforms: null,
    locations: null,
    applications: { includeApplications: ["All"], excludeApplications: [], includeUserActions: [] },
    users: {
      includeUsers: includeGroups.length > 0 ? [] : ["All"],
      excludeUsers,
      includeGroups,
      excludeGroups: [],
      includeRoles: [],
      excludeRoles: [],
    },
  },
  grantControls: {
    operator: "OR",
    builtInControls: [control],
    customAuthenticationFactors: [],
    termsOfUse: [],
    authenticationStrength: null,
  },
});
