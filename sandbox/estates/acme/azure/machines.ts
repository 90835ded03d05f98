import { addDisk, addMachine, plainDisk } from "#sandbox/estates/build/azure/compute.ts";
import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";
import type { AcmeNetworks } from "./networks.ts";
import type { SecurityGroups } from "./security-groups.ts";

/** The machines and disks that have a story. */
export function addMachines(site: AcmeAzureSite, networks: AcmeNetworks, groups: SecurityGroups): void {
  if (site.environment === "production") addShopMachines(site, networks, groups);
  else addAnalystMachines(site, networks, groups);
}

const guard = (id: string | undefined) => (id === undefined ? {} : { groupId: id });

function addShopMachines(site: AcmeAzureSite, networks: AcmeNetworks, groups: SecurityGroups): void {
  const { environment } = site;
  const shop = inGroup(site, "rg-shop-prod", "westeurope", tagsOf(environment, "checkout"));
  addMachine(shop, {
    name: "vm-shop-web-01",
    subnetId: `${networks.main}/subnets/web`,
    tags: tagsOf(environment, "checkout"),
  });
  addMachine(shop, {
    name: "vm-shop-batch",
    subnetId: `${networks.main}/subnets/app`,
    ...guard(groups["nsg-shop-batch"]),
    tags: tagsOf(environment, "payouts"),
    dataDisksGib: [512],
  });
  addMachine(shop, {
    name: "vm-partner-sftp",
    subnetId: `${networks.main}/subnets/app`,
    ...guard(groups["nsg-partner-sftp"]),
    isPublic: true,
    tags: tagsOf(environment, "merchants"),
  });
  // The first machine of the subscription. Nobody dares to stop it.
  addMachine(shop, {
    name: "vm-jumphost",
    subnetId: `${networks.main}/subnets/app`,
    ...guard(groups["nsg-jumphost-2018"]),
    isPublic: true,
    size: "Standard_A1_v2",
    ageDays: 2900,
    passwordLogin: true,
    security: null,
    diskFiles: ["https://acmeshopmedia2019.blob.core.windows.net/vhds/vm-jumphost.vhd"],
  });
  addMachine(inGroup(site, "rg-pilot-us", "eastus", tagsOf(environment, "merchants")), {
    name: "vm-pilot-terminal",
    subnetId: `${networks.other}/subnets/default`,
    ...guard(groups["nsg-edge-v6"]),
    os: "Windows",
    isPublic: true,
    diskProperties: plainDisk,
    security: {
      encryptionAtHost: false,
      securityType: "TrustedLaunch",
      uefiSettings: { secureBootEnabled: false, vTpmEnabled: true },
    },
    tags: tagsOf(environment, "merchants"),
  });
  // What was left of the reports' machine when it moved to the cloud's own database.
  addDisk(shop, {
    name: "disk-reports-old-data",
    ageDays: 800,
    sizeGib: 1024,
    properties: plainDisk,
    tags: tagsOf(environment, "finance"),
  });
}

function addAnalystMachines(site: AcmeAzureSite, networks: AcmeNetworks, groups: SecurityGroups): void {
  const { environment } = site;
  const tags = tagsOf(environment, "data");
  const lake = inGroup(site, "rg-lake-staging", "germanywestcentral", tags);
  addMachine(lake, {
    name: "vm-analyst-win",
    subnetId: `${networks.main}/subnets/analysts`,
    ...guard(groups["nsg-analysts"]),
    os: "Windows",
    isPublic: true,
    // Encrypted from the inside, as the handbook had it in 2021.
    security: null,
    diskProperties: {
      ...plainDisk,
      encryptionSettingsCollection: { enabled: true, encryptionSettingsVersion: "1.1" },
    },
    tags,
  });
  addMachine(lake, {
    name: "vm-vendor-appliance",
    subnetId: `${networks.main}/subnets/analysts`,
    ...guard(groups["nsg-vendor-appliance"]),
    isPublic: true,
    passwordLogin: true,
    security: null,
    diskProperties: plainDisk,
    tags: { Owner: "mei.tanaka@acme.example" },
  });
}
