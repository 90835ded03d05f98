import type { Disk, VirtualMachine } from "@azure/arm-compute";
import { cut, oneOf, readPromised, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource, wordOf } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";

const readMachines = "Microsoft.Compute/virtualMachines/read";

export const virtualMachines: AzureCollector<"azure.compute.virtual-machine"> = {
  kind: "azure.compute.virtual-machine",
  cloud: "azure",
  service: "compute",
  scope: "global",
  permissions: [readMachines],
  collect(context) {
    const { clients, signal } = context;
    const machines = clients.compute.virtualMachines.listAll({ abortSignal: signal });
    return context.each(armListing(readMachines, machines), (machine) => describeMachine(context, machine));
  },
};

async function describeMachine(
  context: AzureContext,
  machine: VirtualMachine,
): Promise<Resource<"azure.compute.virtual-machine">> {
  const common = armResource(context, machine);
  const { storageProfile, securityProfile, osProfile, networkProfile } = machine;
  const { osDisk, dataDisks = [] } = storageProfile ?? {};
  const disks = [...(osDisk ? [osDisk] : []), ...dataDisks];
  const { read, unread } = await readPromised(context, common.uid, readMachines, {
    interfaceIds: networkProfile?.networkInterfaces?.map(({ id }) => armId(id, "networkInterfaces.id")),
  });
  const { patchSettings } = osProfile?.linuxConfiguration ?? osProfile?.windowsConfiguration ?? {};
  const { disablePasswordAuthentication: keysOnly } = osProfile?.linuxConfiguration ?? {};
  return {
    ...common,
    kind: "azure.compute.virtual-machine",
    config: {
      size: machine.hardwareProfile?.vmSize ?? null,
      osType: osDisk?.osType ? oneOf(osDisk.osType, ["Linux", "Windows"], "osType") : null,
      ...read,
      diskIds: disks.flatMap(({ managedDisk }) =>
        managedDisk?.id ? armId(managedDisk.id, "managedDisk.id") : [],
      ),
      diskFiles: disks.flatMap(({ vhd }) => (vhd?.uri ? cut(vhd.uri) : [])),
      encryptionAtHost: securityProfile?.encryptionAtHost ?? null,
      securityType: securityProfile?.securityType ?? null,
      secureBoot: securityProfile?.uefiSettings?.secureBootEnabled ?? null,
      virtualTpm: securityProfile?.uefiSettings?.vTpmEnabled ?? null,
      passwordLogin: keysOnly === undefined ? null : !keysOnly,
      updateAssessment: patchSettings?.assessmentMode ? cut(patchSettings.assessmentMode) : null,
    },
    unread,
  };
}

const readDisks = "Microsoft.Compute/disks/read";

export const disks: AzureCollector<"azure.compute.disk"> = {
  kind: "azure.compute.disk",
  cloud: "azure",
  service: "compute",
  scope: "global",
  permissions: [readDisks],
  collect(context) {
    const { clients, signal } = context;
    const found = clients.compute.disks.list({ abortSignal: signal });
    return context.each(armListing(readDisks, found), (disk) => describeDisk(context, disk));
  },
};

const keysOf = {
  EncryptionAtRestWithPlatformKey: "platform",
  EncryptionAtRestWithCustomerKey: "customer",
  EncryptionAtRestWithPlatformAndCustomerKeys: "platform-and-customer",
} as const;

async function describeDisk(context: AzureContext, disk: Disk): Promise<Resource<"azure.compute.disk">> {
  const common = armResource(context, disk);
  const encryption = wordOf(
    disk.encryption?.type,
    [
      "EncryptionAtRestWithPlatformKey",
      "EncryptionAtRestWithCustomerKey",
      "EncryptionAtRestWithPlatformAndCustomerKeys",
    ],
    "encryption.type",
  );
  const { read, unread } = await readPromised(context, common.uid, readDisks, {
    state: disk.diskState,
    encryption: encryption && keysOf[encryption],
    networkAccess: wordOf(
      disk.networkAccessPolicy,
      ["AllowAll", "AllowPrivate", "DenyAll"],
      "networkAccessPolicy",
    ),
    publicNetworkAccess: wordOf(disk.publicNetworkAccess, ["Enabled", "Disabled"], "publicNetworkAccess"),
  });
  const holders = [...(disk.managedBy ? [disk.managedBy] : []), ...(disk.managedByExtended ?? [])];
  return {
    ...common,
    kind: "azure.compute.disk",
    config: {
      ...read,
      attachedTo: [...new Set(holders.map((id) => armId(id, "managedBy")))].sort(),
      sizeGib: disk.diskSizeGB ?? null,
      sku: disk.sku?.name ?? null,
      diskEncryption: disk.encryptionSettingsCollection?.enabled ?? false,
      createdAt: timeOf(disk.timeCreated),
    },
    unread,
  };
}
