import { disk, diskId, machine } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { virtualMachineEncryption } from "./virtual-machine-encryption.ts";

const named = (name: string, diskEncryption: boolean) => ({
  ...disk({ diskEncryption }),
  kind: "azure.compute.disk" as const,
  uid: diskId(name),
});
const two = machine({ diskIds: [diskId("os"), diskId("data")] });

testCheck(virtualMachineEncryption, {
  pass: [
    machine({ encryptionAtHost: true }),
    { ...two, related: [named("os", true), named("DATA", true)] },
    machine({ encryptionAtHost: true, diskFiles: ["https://acme.blob.core.windows.net/vhds/os.vhd"] }),
  ],
  fail: [
    [
      { ...machine(), related: [named("web-os", false)] },
      "Encryption at host was never switched on, and disk web-os isn't encrypted inside the machine either.",
    ],
    [
      {
        ...two,
        config: { ...two.config, encryptionAtHost: false },
        related: [named("os", false), named("data", false)],
      },
      "Encryption at host is off, and 2 disks aren't encrypted inside the machine either.",
    ],
    [
      { ...two, related: [named("data", false)] },
      "Encryption at host was never switched on, and disk data isn't encrypted inside the machine either.",
    ],
    [
      machine({
        encryptionAtHost: false,
        diskIds: [],
        diskFiles: ["https://acme.blob.core.windows.net/vhds/os.vhd"],
      }),
      "Encryption at host is off, and a disk is a file in a storage account.",
    ],
  ],
  unknown: [machine(), { ...two, related: [named("os", true)] }, machine({ diskIds: [] })],
});
