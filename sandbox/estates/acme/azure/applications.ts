import type { GraphObject, Tenant } from "#sandbox/azure/model.ts";
import { guidOf } from "#sandbox/estates/build/azure/guid.ts";
import { daysAgo } from "#sandbox/estates/build/site.ts";
import { acmeRemediator, acmeScanner } from "./company.ts";

type Story = {
  name: string;
  appId?: string;
  ageDays: number;
  secrets: [name: string, ageDays: number, validDays: number][];
};

const stories: Story[] = [
  // Their secrets are as new as the sandbox.
  { name: acmeScanner.displayName, appId: acmeScanner.appId, ageDays: 80, secrets: [["sealed", 80, 180]] },
  {
    name: acmeRemediator.displayName,
    appId: acmeRemediator.appId,
    ageDays: 80,
    secrets: [["sealed", 80, 180]],
  },
  // Signs in by federated credentials.
  { name: "shop-deploy", ageDays: 700, secrets: [] },
  // The first pipeline's, "never expires" as the portal offered then; nobody remembers who copied it where.
  { name: "acme-batch-export", ageDays: 1500, secrets: [["pipeline", 1500, 36_500]] },
  // Rotated once, and the old one left for whoever hadn't moved yet.
  {
    name: "merchant-reports",
    ageDays: 900,
    secrets: [
      ["2023", 900, 365],
      ["2024", 420, 730],
      ["2026", 30, 180],
    ],
  },
];

/** The applications that are registered in Acme's directory. */
export function addApplications(tenant: Tenant, { now }: { now: Date }): void {
  tenant.graph.set(
    "applications",
    stories.map(
      ({ name, appId = guidOf(`application ${name}`), ageDays, secrets }): GraphObject => ({
        id: guidOf(`application object ${name}`),
        appId,
        displayName: name,
        createdDateTime: daysAgo({ now }, ageDays).toISOString(),
        signInAudience: "AzureADMyOrg",
        keyCredentials: [],
        passwordCredentials: secrets.map(([displayName, age, validDays]) => ({
          keyId: guidOf(`${name} ${displayName}`),
          displayName,
          hint: displayName.slice(0, 3),
          customKeyIdentifier: null,
          secretText: null,
          startDateTime: daysAgo({ now }, age).toISOString(),
          endDateTime: daysAgo({ now }, age - validDays).toISOString(),
        })),
      }),
    ),
  );
}
