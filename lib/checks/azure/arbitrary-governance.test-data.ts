import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constant,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AzureAuthorizationKinds } from "#lib/inventory/azure/authorization.kinds.ts";
import type { AzureDatabricksKinds } from "#lib/inventory/azure/databricks.kinds.ts";
import type { AzureDefenderKinds } from "#lib/inventory/azure/defender.kinds.ts";
import type { AzureEntraKinds } from "#lib/inventory/azure/entra.kinds.ts";
import type { AlertCondition, AzureMonitorKinds, DiagnosticLog } from "#lib/inventory/azure/monitor.kinds.ts";
import { uidOf } from "./arbitrary-network.test-data.ts";

const diagnosticSetting = fc.record({
  name: text,
  destinations: list(text, 1),
  logs: fc.oneof(
    constant<DiagnosticLog[]>([{ category: null, group: "allLogs", enabled: true }]),
    constant<DiagnosticLog[]>(
      ["Administrative", "Security", "Alert", "Policy", "AuditEvent"].map((category) => ({
        category,
        group: null,
        enabled: true,
      })),
    ),
    list(
      fc.record({
        category: constantFrom("Administrative", "AuditEvent"),
        group: constant(null),
        enabled: boolean(),
      }),
    ),
  ),
});

/** The operations that checks look for alerts on. */
const operations = [
  "Microsoft.Authorization/policyAssignments",
  "Microsoft.Network/networkSecurityGroups",
  "Microsoft.Security/securitySolutions",
  "Microsoft.Sql/servers/firewallRules",
  "Microsoft.Network/publicIPAddresses",
].flatMap((type) => [`${type}/write`, `${type}/delete`]);
const is = (field: string, ...values: string[]): AlertCondition => ({ anyOf: [{ field, values }] });
const alertConditions = fc.oneof(
  constantFrom(...operations).map((name) => [is("category", "Administrative"), is("operationName", name)]),
  constant<AlertCondition[]>([is("category", "Administrative")]),
  constant<AlertCondition[]>([is("category", "Administrative"), is("level", "Error")]),
  constant<AlertCondition[]>([is("category", "ServiceHealth")]),
  constant<AlertCondition[]>([]),
);

const monitorConfigs: Arbitraries<keyof AzureMonitorKinds> = {
  "azure.monitor.subscription": {
    whole: fc.record({ activityLogSettings: list(diagnosticSetting) }),
    optional: ["activityLogSettings"],
  },
  "azure.monitor.activity-log-alert": {
    whole: fc.record({
      description: nullable(text),
      enabled: constantFrom(true, true, false),
      scopes: constantFrom<string[][]>(
        ["/subscriptions/111122223333"],
        ["subscriptions/111122223333"],
        ["/subscriptions/111122223333/resourceGroups/web"],
      ),
      conditions: alertConditions,
      actionGroupIds: constantFrom<string[][]>(["/group"], ["/group"], []),
    }),
    optional: ["enabled", "scopes", "conditions", "actionGroupIds"],
  },
  "azure.monitor.application-insights": {
    whole: fc.record({
      applicationType: nullable(text),
      workspaceId: nullable(text),
      ingestionMode: nullable(text),
    }),
    optional: [],
  },
  "azure.monitor.vault-logging": {
    whole: fc.record({
      vaultId: constantFrom(0, 1).map((n) => uidOf("azure.keyvault.vault", n)),
      settings: list(diagnosticSetting),
    }),
    optional: ["settings"],
  },
};

const plans = [
  "CloudPosture",
  "Api",
  "VirtualMachines",
  "Containers",
  "StorageAccounts",
  "AppServices",
  "CosmosDbs",
  "OpenSourceRelationalDatabases",
  "SqlServers",
  "SqlServerVirtualMachines",
  "KeyVaults",
  "Arm",
];

const defenderConfigs: Arbitraries<keyof AzureDefenderKinds> = {
  "azure.defender.subscription": {
    whole: fc.record({
      plans: nullable(
        fc
          .array(
            fc.record({
              tier: constantFrom("Free" as const, "Standard" as const),
              extensions: fc
                .subarray(["AgentlessVmScanning", "FileIntegrityMonitoring"])
                .map((names) => names.map((name) => ({ name, enabled: true }))),
            }),
            { minLength: plans.length, maxLength: plans.length },
          )
          .map((all) => all.map((one, n) => ({ ...one, name: plans[n] ?? "", subPlan: null }))),
      ),
      contacts: nullable(
        list(
          fc.record({
            name: text,
            enabled: boolean(),
            emails: list(constant("security@acme.example"), 2),
            roles: list(constantFrom("Owner", "Contributor"), 2),
            alertSeverity: nullable(constantFrom("Low", "Medium", "High")),
            attackPathRisk: nullable(constantFrom("Low", "Critical")),
          }),
          2,
        ),
      ),
      settings: nullable(
        boolean().map((enabled) => [
          { name: "MCAS", enabled: true },
          { name: "WDATP", enabled },
        ]),
      ),
    }),
    optional: ["plans", "contacts", "settings"],
  },
};

const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const userAccessAdministrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

const authorizationConfigs: Arbitraries<keyof AzureAuthorizationKinds> = {
  "azure.authorization.subscription": {
    whole: fc.record({ displayName: nullable(text), state: nullable(constant("Enabled")) }),
    optional: [],
  },
  "azure.authorization.role-assignment": {
    whole: fc.record({
      roleId: constantFrom(owner, owner, userAccessAdministrator, reader),
      scope: constantFrom(
        "/",
        "/providers/Microsoft.Management/managementGroups/acme",
        "/subscriptions/111122223333",
        "/subscriptions/111122223333/resourceGroups/web",
      ),
      principalId: constantFrom("ana", "ben", "cleo", "dan", "eve"),
      principalType: nullable(constantFrom("User", "User", "Group", "ServicePrincipal")),
      condition: nullable(
        constantFrom(
          "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR @Request[x] StringEquals 'y'",
          "@Resource[x] StringEquals 'y'",
        ),
      ),
      createdAt: nullable(date),
    }),
    optional: ["roleId", "scope", "principalId"],
  },
  "azure.authorization.custom-role": {
    whole: fc.record({
      roleName: text,
      description: nullable(text),
      permissions: list(
        fc.record({
          actions: list(constantFrom("*", "*/read", "Microsoft.Compute/*")),
          notActions: list(constantFrom("*", "Microsoft.Authorization/*/Write"), 1),
          dataActions: list(text, 1),
          notDataActions: list(text, 1),
        }),
        2,
      ),
      assignableScopes: fc.array(
        constantFrom(
          "/",
          "/providers/Microsoft.Management/managementGroups/acme",
          "/subscriptions/111122223333",
          "/subscriptions/111122223333/resourceGroups/web",
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    optional: ["permissions", "assignableScopes"],
  },
};

const ids = <T extends string>(...values: T[]) => list(constantFrom(...values), 1);
const accessPolicy = fc.record({
  id: text,
  name: text,
  state: constantFrom(
    "enabled" as const,
    "enabled" as const,
    "disabled" as const,
    "enabledForReportingButNotEnforced" as const,
  ),
  includeUsers: constantFrom<string[][]>(["All"], ["All"], ["None"], ["ana"]),
  includeGroups: ids("group"),
  includeRoles: ids("role"),
  excludeUsers: ids("emergency"),
  excludeGroups: constantFrom<string[][]>([], [], ["group"]),
  excludeRoles: constantFrom<string[][]>([], [], ["role"]),
  excludesGuests: constantFrom(false, false, true),
  includeApplications: constantFrom<string[][]>(["All"], ["All"], ["Office365"]),
  excludeApplications: constantFrom<string[][]>([], [], ["app"]),
  furtherConditions: constantFrom<string[][]>([], [], ["locations"]),
  controls: constantFrom<string[][]>(["mfa"], ["mfa"], ["mfa", "compliantDevice"], ["block"], []),
  operator: constantFrom("AND" as const, "OR" as const, null),
});

const entraConfigs: Arbitraries<keyof AzureEntraKinds> = {
  "azure.entra.tenant": {
    whole: fc.record({
      securityDefaults: boolean(),
      accessPolicies: list(accessPolicy),
      guestAccess: constantFrom(
        "member" as const,
        "limited" as const,
        "restricted" as const,
        "other" as const,
      ),
      guestInviters: constantFrom("none", "adminsAndGuestInviters", "everyone"),
      trustsForeignMfa: boolean(),
    }),
    optional: ["securityDefaults", "accessPolicies", "guestAccess", "guestInviters", "trustsForeignMfa"],
  },
  "azure.entra.user": {
    whole: fc.record({
      principalName: text,
      displayName: nullable(text),
      isGuest: boolean(),
      enabled: constantFrom(true, true, false),
      createdAt: nullable(date),
      registration: nullable(
        fc.record({
          isAdmin: boolean(),
          mfaRegistered: boolean(),
          mfaCapable: boolean(),
          methods: list(constantFrom("microsoftAuthenticatorPush", "mobilePhone")),
        }),
      ),
    }),
    optional: ["enabled", "registration"],
  },
  "azure.entra.application": {
    whole: fc.record({
      appId: text,
      createdAt: nullable(date),
      secrets: list(
        fc.record({ id: text, name: nullable(text), createdAt: nullable(date), expiresAt: nullable(date) }),
      ),
    }),
    optional: ["secrets"],
  },
};

const databricksConfigs: Arbitraries<keyof AzureDatabricksKinds> = {
  "azure.databricks.workspace": {
    whole: fc.record({
      sku: nullable(text),
      url: nullable(text),
      network: nullable(
        fc.record({
          id: constantFrom(1, 2).map((n) => uidOf("azure.network.virtual-network", n)),
          publicSubnet: constantFrom("web", "data", null),
          privateSubnet: constantFrom("web", "data", null),
        }),
      ),
      noPublicIp: boolean(),
      publicNetworkAccess: constantFrom("Enabled" as const, "Disabled" as const),
      privateEndpoints: list(
        fc.record({ id: text, status: constantFrom("Approved", "Pending", "Rejected") }),
        2,
      ),
      diagnosticSettings: list(diagnosticSetting, 2),
    }),
    optional: ["network", "noPublicIp", "publicNetworkAccess", "privateEndpoints", "diagnosticSettings"],
  },
};

export const governanceConfigs = {
  ...monitorConfigs,
  ...defenderConfigs,
  ...authorizationConfigs,
  ...entraConfigs,
  ...databricksConfigs,
};
