import { expect, it } from "vitest";
import { defenderSubscription } from "./defender.ts";
import { type Answers, collect, paged, refusal, subscription } from "./test-answers.ts";

const scope = `/subscriptions/${subscription}/providers/Microsoft.Security`;
const paths = {
  plans: `GET ${scope}/pricings`,
  contacts: `GET ${scope}/securityContacts`,
  settings: `GET ${scope}/settings`,
};
const common = {
  uid: scope,
  kind: "azure.defender.subscription",
  account: subscription,
  region: "global",
  name: subscription,
  tags: {},
};

const pricing = (name: string, properties: object) => ({
  id: `${scope}/pricings/${name}`,
  name,
  type: "Microsoft.Security/pricings",
  properties: { freeTrialRemainingTime: "PT0S", enforce: "False", ...properties },
});
const setting = (name: string, enabled: unknown) => ({
  id: `${scope}/settings/${name}`,
  name,
  kind: "DataExportSettings",
  type: "Microsoft.Security/settings",
  properties: { enabled },
});
const contact = (properties: object) => ({
  id: `${scope}/securityContact/default`,
  name: "default",
  type: "Microsoft.Security/securityContact",
  properties,
});

const answers: Answers = {
  [paths.plans]: {
    value: [
      pricing("VirtualMachines", {
        pricingTier: "Standard",
        subPlan: "P2",
        enablementTime: "2023-03-01T12:42:42.1921106Z",
        resourcesCoverageStatus: "PartiallyCovered",
        extensions: [
          {
            name: "AgentlessVmScanning",
            isEnabled: "True",
            additionalExtensionProperties: { ExclusionTags: "[]" },
          },
          { name: "FileIntegrityMonitoring", isEnabled: "False" },
        ],
      }),
      pricing("AppServices", { pricingTier: "Free", resourcesCoverageStatus: "NotCovered" }),
      pricing("KubernetesService", { pricingTier: "Free", deprecated: true, replacedBy: ["Containers"] }),
    ],
  },
  [paths.contacts]: {
    value: [
      contact({
        notificationsByRole: { state: "On", roles: ["Owner", "Admin"] },
        isEnabled: true,
        emails: "john@contoso.com;Jane@contoso.com",
        phone: "(214)275-4038",
        notificationsSources: [
          // So spelled in Microsoft's own example.
          { sourceType: "AttachPath", minimalRiskLevel: "Critical" },
          { sourceType: "Alert", minimalSeverity: "Medium" },
        ],
      }),
    ],
  },
  [paths.settings]: { value: [setting("MCAS", true), setting("WDATP", false)] },
};
const config = {
  plans: [
    {
      name: "VirtualMachines",
      tier: "Standard",
      subPlan: "P2",
      extensions: [
        { name: "AgentlessVmScanning", enabled: true },
        { name: "FileIntegrityMonitoring", enabled: false },
      ],
    },
    { name: "AppServices", tier: "Free", subPlan: null, extensions: [] },
    { name: "KubernetesService", tier: "Free", subPlan: null, extensions: [] },
  ],
  contacts: [
    {
      name: "default",
      enabled: true,
      emails: ["john@contoso.com", "Jane@contoso.com"],
      roles: ["Owner", "Admin"],
      alertSeverity: "Medium",
      attackPathRisk: "Critical",
    },
  ],
  settings: [
    { name: "MCAS", enabled: true },
    { name: "WDATP", enabled: false },
  ],
};

it("reads plans, contacts and settings", async () => {
  const { resources, gaps, thrown } = await collect(defenderSubscription, answers);
  expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
  expect(resources).toEqual([{ ...common, config, unread: [] }]);
});

it("reads lists of several pages", async () => {
  const settings = paged([setting("MCAS", true)], [setting("WDATP", true)]);
  const { resources } = await collect(defenderSubscription, { ...answers, [paths.settings]: settings });
  expect(resources[0]?.config).toEqual({
    ...config,
    settings: [
      { name: "MCAS", enabled: true },
      { name: "WDATP", enabled: true },
    ],
  });
});

it("takes a contact whose mails are off for what it is", async () => {
  const off = contact({
    notificationsByRole: { state: "Off", roles: ["Owner"] },
    isEnabled: false,
    emails: "",
    notificationsSources: [],
  });
  const { resources } = await collect(defenderSubscription, {
    ...answers,
    [paths.contacts]: { value: [off] },
  });
  expect(resources[0]?.config).toMatchObject({
    contacts: [{ enabled: false, emails: [], roles: [], alertSeverity: null, attackPathRisk: null }],
  });
});

it("has nothing where it was never set up", async () => {
  const never = refusal(404, "Subscription Not Registered");
  const { resources, gaps } = await collect(defenderSubscription, {
    [paths.plans]: never,
    [paths.contacts]: never,
    [paths.settings]: refusal(409, "MissingSubscriptionRegistration"),
  });
  expect(gaps).toEqual([]);
  expect(resources).toEqual([
    { ...common, config: { plans: null, contacts: null, settings: null }, unread: [] },
  ]);
});

it.each([
  ["plans", "Microsoft.Security/pricings/read", { value: [pricing("Arm", { pricingTier: "Gold" })] }],
  ["contacts", "Microsoft.Security/securityContacts/read", { value: [{ name: "default" }] }],
  ["settings", "Microsoft.Security/settings/read", { value: [setting("WDATP", undefined)] }],
] as const)(
  "leaves %s unread when refused, or when the answer can't be made out",
  async (field, operation, odd) => {
    const { [field]: _, ...others } = config;
    for (const [answer, code] of [
      [refusal(403, "AuthorizationFailed"), "denied"],
      [odd, "malformed"],
    ] as const) {
      const { resources, gaps, thrown } = await collect(defenderSubscription, {
        ...answers,
        [paths[field]]: answer,
      });
      expect(thrown).toBeNull();
      expect(gaps).toMatchObject([{ resourceUid: scope, operation, code }]);
      expect(resources).toEqual([{ ...common, config: others, unread: [field] }]);
    }
  },
);
