import { type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** Virtual machines and their disks. */
export const computeTypes: readonly ArmType[] = [
  { type: "Microsoft.Compute/virtualMachines" },
  {
    type: "Microsoft.Compute/disks",
    write: (next) => ({
      ...next,
      properties: {
        diskState: next.managedBy ? "Attached" : "Unattached",
        encryption: { type: "EncryptionAtRestWithPlatformKey" },
        networkAccessPolicy: "AllowAll",
        publicNetworkAccess: "Enabled",
        ...next.properties,
      },
    }),
    remove: (disk: ArmResource) => {
      if (disk.managedBy)
        throw new AzureError(
          409,
          "OperationNotAllowed",
          `Disk ${disk.name} is attached to VM ${String(disk.managedBy)}.`,
        );
    },
  },
];
