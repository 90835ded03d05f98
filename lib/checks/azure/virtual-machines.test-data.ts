import type { AzureComputeKinds } from "#lib/inventory/azure/compute.kinds.ts";

const group = "/subscriptions/s/resourceGroups/g/providers";
export const interfaceId = (name: string) => `${group}/Microsoft.Network/networkInterfaces/${name}`;
export const diskId = (name: string) => `${group}/Microsoft.Compute/disks/${name}`;

/** A Linux machine with one interface and one disk, with nothing said of its security. */
export const machine = (change: Partial<AzureComputeKinds["azure.compute.virtual-machine"]> = {}) => ({
  config: {
    size: "Standard_D2s_v5",
    osType: "Linux" as const,
    interfaceIds: [interfaceId("web")],
    diskIds: [diskId("web-os")],
    diskFiles: [],
    encryptionAtHost: null,
    securityType: null,
    secureBoot: null,
    virtualTpm: null,
    passwordLogin: false,
    ...change,
  },
});

export const disk = (change: Partial<AzureComputeKinds["azure.compute.disk"]> = {}) => ({
  config: {
    attachedTo: [],
    sizeGib: 128,
    sku: "Premium_LRS",
    diskEncryption: false,
    createdAt: null,
    ...change,
  },
});
