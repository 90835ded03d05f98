import type { ArmResource } from "#sandbox/azure/model.ts";
import { daysAgo, type Tags } from "../site.ts";
import { addInterface, addPublicIp } from "./network.ts";
import { type AzureSite, addResource, armId } from "./site.ts";

export type NewDisk = {
  name: string;
  tags?: Tags;
  sizeGib?: number;
  sku?: string;
  machineId?: string;
  ageDays?: number;
  /** What differs from the disk that Acme's templates make. */
  properties?: Record<string, unknown>;
};

/** A managed disk: encrypted with Acme's own key and closed to the internet, unless said otherwise. */
export function addDisk(site: AzureSite, disk: NewDisk): ArmResource {
  const {
    name,
    tags = {},
    sizeGib = 128,
    sku = "Premium_ZRS",
    machineId,
    ageDays = 200,
    properties = {},
  } = disk;
  return addResource(site, "Microsoft.Compute/disks", {
    name,
    tags,
    sku: { name: sku, tier: sku.split("_")[0] },
    ...(machineId === undefined ? {} : { managedBy: machineId }),
    properties: {
      creationData: { createOption: "Empty" },
      diskSizeGB: sizeGib,
      diskState: machineId === undefined ? "Unattached" : "Attached",
      encryption: {
        type: "EncryptionAtRestWithCustomerKey",
        diskEncryptionSetId: armId(site, "Microsoft.Compute/diskEncryptionSets", "des-acme"),
      },
      networkAccessPolicy: "DenyAll",
      publicNetworkAccess: "Disabled",
      timeCreated: daysAgo(site, ageDays).toISOString(),
      uniqueId: site.random.uuid(),
      ...properties,
    },
  });
}

/** What a disk has that was made in the portal without a thought. */
export const plainDisk = {
  encryption: { type: "EncryptionAtRestWithPlatformKey" },
  networkAccessPolicy: "AllowAll",
  publicNetworkAccess: "Enabled",
};

export type NewMachine = {
  name: string;
  subnetId: string;
  groupId?: string;
  tags?: Tags;
  size?: string;
  os?: "Linux" | "Windows";
  isPublic?: boolean;
  ageDays?: number;
  dataDisksGib?: number[];
  /** What differs from the templates, on each of its disks. */
  diskProperties?: Record<string, unknown>;
  /** Blobs that stand for its disks, as before there were managed ones. */
  diskFiles?: string[];
  passwordLogin?: boolean;
  /** `null`: the machine says nothing of its security. */
  security?: Record<string, unknown> | null;
};

/** The security profile of Acme's templates. */
const trusted = {
  encryptionAtHost: true,
  securityType: "TrustedLaunch",
  uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
};

/** A virtual machine with its interface and disks, as Acme's templates make it unless said otherwise. */
export function addMachine(site: AzureSite, machine: NewMachine): ArmResource {
  const { name, tags = {}, os = "Linux", ageDays = 200, security = trusted } = machine;
  const id = armId(site, "Microsoft.Compute/virtualMachines", name);
  // What the templates set; a machine made by hand looks after itself, or doesn't.
  const updates = security === null ? "ImageDefault" : "AutomaticByPlatform";
  const patchSettings = { patchMode: updates, assessmentMode: updates };
  const card = addInterface(site, {
    name: `nic-${name}`,
    subnetId: machine.subnetId,
    ...(machine.groupId === undefined ? {} : { groupId: machine.groupId }),
    ...(machine.isPublic ? { publicIp: addPublicIp(site, `pip-${name}`, tags) } : {}),
    machineId: id,
    tags,
  });
  return addResource(site, "Microsoft.Compute/virtualMachines", {
    name,
    tags,
    identity: { type: "SystemAssigned", principalId: site.random.uuid(), tenantId: site.tenant.id },
    properties: {
      vmId: site.random.uuid(),
      hardwareProfile: { vmSize: machine.size ?? "Standard_D2ads_v6" },
      storageProfile: storageOf(site, machine, id),
      osProfile: {
        computerName: name.slice(0, 15),
        adminUsername: "azureuser",
        ...(os === "Linux"
          ? {
              linuxConfiguration: {
                disablePasswordAuthentication: !machine.passwordLogin,
                provisionVMAgent: true,
                patchSettings,
              },
            }
          : {
              windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true, patchSettings },
            }),
        allowExtensionOperations: true,
      },
      networkProfile: { networkInterfaces: [{ id: card.id, properties: { primary: true } }] },
      ...(security ? { securityProfile: security } : {}),
      timeCreated: daysAgo(site, ageDays).toISOString(),
    },
  });
}

function storageOf(site: AzureSite, machine: NewMachine, machineId: string) {
  const { name, tags = {}, os = "Linux", diskFiles, diskProperties = {}, ageDays = 200 } = machine;
  if (diskFiles) {
    const [first, ...rest] = diskFiles.map((uri) => ({ vhd: { uri }, createOption: "Attach" }));
    return {
      osDisk: { osType: os, name: `${name}-os`, ...first },
      dataDisks: rest.map((disk, lun) => ({ lun, ...disk })),
    };
  }
  const disk = (suffix: string, sizeGib: number) => {
    const { id } = addDisk(site, {
      name: `disk-${name}-${suffix}`,
      tags,
      sizeGib,
      machineId,
      ageDays,
      properties: diskProperties,
    });
    return {
      name: `disk-${name}-${suffix}`,
      createOption: "FromImage",
      diskSizeGB: sizeGib,
      managedDisk: { id },
    };
  };
  return {
    osDisk: { osType: os, ...disk("os", 64) },
    dataDisks: (machine.dataDisksGib ?? []).map((sizeGib, lun) => ({ lun, ...disk(`data${lun}`, sizeGib) })),
  };
}
