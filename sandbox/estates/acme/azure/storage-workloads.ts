import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import { addStorageAccount } from "#sandbox/estates/build/azure/storage.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";
import { nameWorkload } from "../names.ts";

/** Storage accounts that each workload keeps its files in: a dozen per scale, one to three machines as in AWS, most of them as templates make them. */
export function addStorageWorkloads(site: AcmeAzureSite, scale: number): void {
  const { environment, random } = site;
  const perScale = environment === "production" ? 8 : 4;
  for (let n = 0; n < perScale * scale; n++) {
    const { name, team } = nameWorkload(n);
    const group = inGroup(site, `rg-${team}-${environment}`, "westeurope", tagsOf(environment, team));
    const isOld = random.chance(0.2);
    addStorageAccount(group, {
      name: accountName(name, n, environment === "production" ? "p" : "s"),
      sku: random.pick(["Standard_ZRS", "Standard_GZRS", "Standard_LRS"]),
      tags: tagsOf(environment, team, { Workload: name }),
      createdDaysAgo: isOld ? 900 + random.int(900) : 30 + random.int(600),
      keyAgeDays: [10 + random.int(isOld ? 500 : 80), 10 + random.int(80)],
      network: isOld && random.chance(0.5) ? "everyone" : {},
      privateEndpoint: !isOld,
      properties: isOld ? { minimumTlsVersion: "TLS1_0", publicNetworkAccess: "Enabled" } : {},
    });
  }
}

/** Names of accounts are one of a kind in all of Azure, short, and letters and digits only. */
const accountName = (workload: string, n: number, environment: string): string =>
  `${workload.replaceAll("-", "").slice(0, 16)}${environment}${n}`.slice(0, 24);
