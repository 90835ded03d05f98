import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AzureComputeKinds } from "#lib/inventory/azure/compute.kinds.ts";
import { uidOf } from "./arbitrary-network.test-data.ts";

const some = (kind: string) => fc.subarray([1, 2].map((n) => uidOf(kind, n)));

export const azureComputeConfigs: Arbitraries<keyof AzureComputeKinds> = {
  "azure.compute.virtual-machine": {
    whole: fc.record({
      size: nullable(text),
      osType: constantFrom("Linux" as const, "Windows" as const, null),
      interfaceIds: some("azure.network.interface"),
      diskIds: some("azure.compute.disk"),
      diskFiles: list(text, 1),
      encryptionAtHost: nullable(boolean()),
      securityType: constantFrom("TrustedLaunch", "Standard", null),
      secureBoot: nullable(boolean()),
      virtualTpm: nullable(boolean()),
      passwordLogin: nullable(boolean()),
      updateAssessment: constantFrom("AutomaticByPlatform", "ImageDefault", null),
    }),
    optional: ["interfaceIds", "securityType", "updateAssessment"],
  },
  "azure.compute.disk": {
    whole: fc.record({
      state: constantFrom("Attached", "Unattached", "Reserved"),
      attachedTo: list(text, 1),
      sizeGib: nullable(fc.nat()),
      sku: nullable(text),
      encryption: constantFrom("platform" as const, "customer" as const, "platform-and-customer" as const),
      diskEncryption: boolean(),
      networkAccess: constantFrom("AllowAll" as const, "AllowPrivate" as const, "DenyAll" as const),
      publicNetworkAccess: constantFrom("Enabled" as const, "Disabled" as const),
      createdAt: nullable(date),
    }),
    optional: ["state", "encryption", "networkAccess", "publicNetworkAccess"],
  },
};
