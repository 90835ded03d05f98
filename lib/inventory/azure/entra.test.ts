import { describe, expect, it } from "vitest";
import { entraTenant } from "./entra-tenant.ts";
import { entraUsers } from "./entra-users.ts";
import { type Answers, collect, paged, RawAnswer, refusal, subscription as tenant } from "./test-answers.ts";

const root = "GET /v1.0";
const tenantUid = `/tenants/${tenant}`;

describe("a tenant", () => {
  const common = {
    uid: tenantUid,
    kind: "azure.entra.tenant",
    account: tenant,
    region: "global",
    name: tenant,
    tags: {},
  };
  const paths = {
    securityDefaults: `${root}/policies/identitySecurityDefaultsEnforcementPolicy`,
    authorization: `${root}/policies/authorizationPolicy`,
    policies: `${root}/identity/conditionalAccess/policies`,
    defaults: `${root}/policies/crossTenantAccessPolicy/default`,
    partners: `${root}/policies/crossTenantAccessPolicy/partners`,
  };
  const users = {
    includeUsers: ["All"],
    excludeUsers: [],
    includeGroups: [],
    excludeGroups: [],
    includeRoles: [],
    excludeRoles: [],
  };
  const simple = {
    id: "c558e346-969d-40a7-a64e-2df6c2c88490",
    displayName: "SimplePolicy2",
    createdDateTime: null,
    modifiedDateTime: null,
    state: "enabled",
    sessionControls: null,
    conditions: {
      signInRiskLevels: [],
      clientAppTypes: ["all"],
      platforms: null,
      locations: null,
      applications: { includeApplications: ["All"], excludeApplications: [], includeUserActions: [] },
      users,
    },
    grantControls: {
      operator: "OR",
      builtInControls: ["mfa"],
      customAuthenticationFactors: [],
      termsOfUse: [],
    },
  };
  const answers: Answers = {
    [paths.securityDefaults]: {
      "@odata.context":
        "https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity",
      id: "00000000-0000-0000-0000-000000000005",
      displayName: "Security Defaults",
      description: "Security defaults is a set of basic identity security mechanisms.",
      isEnabled: false,
    },
    [paths.authorization]: {
      id: "authorizationPolicy",
      allowInvitesFrom: "everyone",
      allowedToUseSSPR: true,
      blockMsolPowerShell: null,
      displayName: "Authorization Policy",
      guestUserRoleId: "10dae51f-b6af-4016-8d66-8c2a99b929b3",
      defaultUserRolePermissions: { allowedToCreateApps: true },
    },
    [paths.policies]: { value: [simple] },
    [paths.defaults]: {
      isServiceDefault: true,
      inboundTrust: {
        isMfaAccepted: false,
        isCompliantDeviceAccepted: false,
        isHybridAzureADJoinedDeviceAccepted: false,
      },
    },
    [paths.partners]: { value: [] },
  };
  const policy = {
    id: "c558e346-969d-40a7-a64e-2df6c2c88490",
    name: "SimplePolicy2",
    state: "enabled",
    ...users,
    excludesGuests: false,
    includeApplications: ["All"],
    excludeApplications: [],
    furtherConditions: [],
    controls: ["mfa"],
    operator: "OR",
  };
  const config = {
    securityDefaults: false,
    accessPolicies: [policy],
    guestAccess: "limited",
    guestInviters: "everyone",
    trustsForeignMfa: false,
  };

  it("is read with its policies", async () => {
    const { resources, gaps, thrown } = await collect(entraTenant, answers);
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
    expect(resources).toEqual([{ ...common, config, unread: [] }]);
  });

  it("is read with whatever narrows a policy, page by page", async () => {
    const narrowed = {
      ...simple,
      id: "ad8d2b4a-8d30-413f-88b8-144c6c8d98d9",
      displayName: "Narrowed",
      conditions: {
        clientAppTypes: ["exchangeActiveSync"],
        signInRiskLevels: ["high"],
        platforms: null,
        locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] },
        devices: { deviceFilter: null },
        applications: {
          includeApplications: ["Office365"],
          applicationFilter: { mode: "include", rule: "x" },
        },
        users: {
          includeUsers: [],
          includeRoles: ["62e90394-69f5-4237-9190-012177145e10"],
          excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: "b2bCollaborationGuest" },
        },
      },
      grantControls: {
        operator: "AND",
        builtInControls: ["compliantDevice"],
        "authenticationStrength@odata.context": "https://graph.microsoft.com/v1.0/$metadata#x",
        authenticationStrength: { id: "00000000-0000-0000-0000-000000000002", requirementsSatisfied: "mfa" },
      },
    };
    const session = { ...simple, displayName: "Session", grantControls: null };
    const { resources, gaps } = await collect(entraTenant, {
      ...answers,
      [paths.policies]: paged([narrowed], [session], "@odata.nextLink"),
    });
    expect(gaps).toEqual([]);
    expect(resources[0]?.config).toMatchObject({
      accessPolicies: [
        {
          id: "ad8d2b4a-8d30-413f-88b8-144c6c8d98d9",
          name: "Narrowed",
          includeUsers: [],
          includeRoles: ["62e90394-69f5-4237-9190-012177145e10"],
          excludesGuests: true,
          includeApplications: ["Office365"],
          furtherConditions: ["signInRiskLevels", "locations", "clientAppTypes", "applicationFilter"],
          controls: ["compliantDevice", "mfa"],
          operator: "AND",
        },
        { name: "Session", controls: [], operator: null },
      ],
    });
  });

  it("trusts foreign second factors when it does so for a partner", async () => {
    const partner = {
      tenantId: "3d0f5dec-5d3d-455c-8016-e2af1ae4d31a",
      inboundTrust: { isMfaAccepted: true },
    };
    const untold = { tenantId: "9188040d-6c67-4c5b-b112-36a304b66dad", inboundTrust: null };
    const { resources } = await collect(entraTenant, {
      ...answers,
      [paths.partners]: paged([untold], [partner], "@odata.nextLink"),
    });
    expect(resources[0]?.config).toEqual({ ...config, trustsForeignMfa: true });
  });

  it("is read in part where something is refused or can't be made out", async () => {
    const { resources, gaps, thrown } = await collect(entraTenant, {
      [paths.securityDefaults]: refusal(403, "Authorization_RequestDenied"),
      [paths.authorization]: { id: "authorizationPolicy", allowInvitesFrom: "everyone" },
      [paths.policies]: { value: [{ ...simple, state: "perhaps" }] },
      [paths.defaults]: new RawAnswer(200, ""),
    });
    expect(thrown).toBeNull();
    expect(gaps.map(({ operation, code, resourceUid }) => [operation, code, resourceUid]).sort()).toEqual([
      ["Policy.Read.All", "denied", tenantUid],
      ["Policy.Read.All", "malformed", tenantUid],
      ["Policy.Read.All", "malformed", tenantUid],
      ["Policy.Read.All", "malformed", tenantUid],
    ]);
    expect(resources).toEqual([
      {
        ...common,
        config: { guestInviters: "everyone" },
        unread: ["securityDefaults", "accessPolicies", "trustsForeignMfa", "guestAccess"],
      },
    ]);
  });
});

describe("users", () => {
  const list = `${root}/users`;
  const report = `${root}/reports/authenticationMethods/userRegistrationDetails`;
  const alexId = "86462606-fde0-4fc4-9e0c-a20eb73e54c6";
  const allanId = "c6ad1942-4afa-47f8-8d48-afb5d8d69d2f";
  const alex = {
    id: alexId,
    userPrincipalName: "AlexW@Contoso.com",
    displayName: "Alex Wilber",
    userType: "Member",
    accountEnabled: true,
    createdDateTime: "2019-05-14T11:02:33Z",
  };
  const allan = {
    ...alex,
    id: allanId.toUpperCase(),
    userPrincipalName: "allan_contoso.com#EXT#@fabrikam.onmicrosoft.com",
    displayName: null,
    userType: "Guest",
    createdDateTime: null,
  };
  const line = (id: string, mfa: boolean, methodsRegistered: string[]) => ({
    id,
    userPrincipalName: "AlexW@Contoso.com",
    userDisplayName: "Alex Wilber",
    isAdmin: false,
    isSsprRegistered: false,
    isMfaRegistered: mfa,
    isMfaCapable: mfa,
    isPasswordlessCapable: false,
    lastUpdatedDateTime: "2023-03-13T19:15:41.6195833Z",
    methodsRegistered,
    userType: "member",
  });
  const methods = ["microsoftAuthenticatorPush", "softwareOneTimePasscode"];
  const resource = (id: string, name: string) => ({
    uid: `${tenantUid}/users/${id}`,
    kind: "azure.entra.user",
    account: tenant,
    region: "global",
    name,
    tags: {},
  });
  const alexConfig = {
    principalName: "AlexW@Contoso.com",
    displayName: "Alex Wilber",
    isGuest: false,
    enabled: true,
    createdAt: "2019-05-14T11:02:33Z",
  };
  const allanConfig = {
    principalName: allan.userPrincipalName,
    displayName: null,
    isGuest: true,
    enabled: true,
    createdAt: null,
  };
  const registered = { isAdmin: false, mfaRegistered: true, mfaCapable: true, methods };

  it("are read with their second factors, both page by page", async () => {
    const { resources, gaps, thrown } = await collect(entraUsers, {
      [list]: paged([alex], [allan], "@odata.nextLink"),
      [report]: paged([line(alexId, true, methods)], [line(allanId, false, [])], "@odata.nextLink"),
    });
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
    const none = { isAdmin: false, mfaRegistered: false, mfaCapable: false, methods: [] };
    expect(resources).toEqual([
      {
        ...resource(alexId, "AlexW@Contoso.com"),
        config: { ...alexConfig, registration: registered },
        unread: [],
      },
      {
        ...resource(allanId, allan.userPrincipalName),
        config: { ...allanConfig, registration: none },
        unread: [],
      },
    ]);
  });

  it("may be missing in the report, which tells nothing of them", async () => {
    const { resources, gaps } = await collect(entraUsers, {
      [list]: { value: [alex] },
      [report]: { value: [] },
    });
    expect(gaps).toEqual([]);
    expect(resources[0]?.config).toEqual({ ...alexConfig, registration: null });
  });

  it.each([
    ["isn't licensed", refusal(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"), "denied"],
    ["is refused", refusal(403, "Authorization_RequestDenied"), "denied"],
    ["can't be made out", { value: [{ id: alexId }] }, "malformed"],
  ])("are kept when the report %s", async (_, answer, code) => {
    const { resources, gaps, thrown } = await collect(entraUsers, {
      [list]: { value: [{ ...alex, accountEnabled: undefined }, allan] },
      [report]: answer,
    });
    expect(thrown).toBeNull();
    expect(gaps).toMatchObject([
      { resourceUid: tenantUid, operation: "AuditLog.Read.All", code },
      { resourceUid: `${tenantUid}/users/${alexId}`, operation: "User.Read.All", code: "malformed" },
    ]);
    const { enabled: _enabled, ...read } = alexConfig;
    expect(resources).toEqual([
      { ...resource(alexId, "AlexW@Contoso.com"), config: read, unread: ["enabled", "registration"] },
      { ...resource(allanId, allan.userPrincipalName), config: allanConfig, unread: ["registration"] },
    ]);
  });

  it("are missing when refused", async () => {
    const { resources, thrown } = await collect(entraUsers, {
      [list]: refusal(403, "Authorization_RequestDenied"),
      [report]: { value: [] },
    });
    expect(resources).toEqual([]);
    expect(thrown).toMatchObject({ name: "ListFailed", operation: "User.Read.All" });
  });
});
