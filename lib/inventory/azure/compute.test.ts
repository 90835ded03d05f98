import { expect, it } from "vitest";
import { disks, virtualMachines } from "./compute.ts";
import { collect, idOf, paged, refusal, subscription } from "./test-answers.ts";

const list = (type: string) => `GET /subscriptions/${subscription}/providers/Microsoft.Compute/${type}`;
const machineId = (name: string) => idOf(`Microsoft.Compute/virtualMachines/${name}`);
const diskId = (name: string) => idOf(`Microsoft.Compute/disks/${name}`);
const cardId = (name: string) => idOf(`Microsoft.Network/networkInterfaces/${name}`);
const common = { account: subscription, region: "eastus", tags: {}, unread: [] };

it("reads virtual machines over all pages", async () => {
  const machine = (name: string, properties: object, more: object = {}) => ({
    id: machineId(name),
    name,
    type: "Microsoft.Compute/virtualMachines",
    location: "eastus",
    properties: {
      vmId: "00000000-0000-0000-0000-000000000000",
      hardwareProfile: { vmSize: "Standard_A0" },
      provisioningState: "Succeeded",
      networkProfile: {
        networkInterfaces: [{ id: cardId(name), properties: { primary: true, deleteOption: "Delete" } }],
      },
      ...properties,
    },
    ...more,
  });
  const windows = machine(
    "win",
    {
      storageProfile: {
        imageReference: {
          publisher: "MicrosoftWindowsServer",
          offer: "WindowsServer",
          sku: "2022-datacenter",
          version: "latest",
        },
        osDisk: {
          osType: "Windows",
          name: "win-os",
          createOption: "FromImage",
          caching: "ReadWrite",
          managedDisk: { storageAccountType: "Premium_LRS", id: diskId("win-os").replace("/rg/", "/RG/") },
          diskSizeGB: 127,
        },
        dataDisks: [
          { lun: 0, name: "win-data", createOption: "Attach", managedDisk: { id: diskId("win-data") } },
        ],
      },
      osProfile: {
        computerName: "win",
        adminUsername: "azureuser",
        windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true },
        secrets: [],
      },
      securityProfile: {
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: false },
        encryptionAtHost: true,
        securityType: "TrustedLaunch",
      },
      timeCreated: "2022-01-14T16:43:41.683Z",
    },
    { id: machineId("win").replace("/rg/", "/RG/"), tags: { team: "web" }, zones: ["1"] },
  );
  const uri = "https://acme.blob.core.windows.net/vhds/old.vhd";
  const linux = machine("old", {
    storageProfile: {
      osDisk: {
        osType: "Linux",
        name: "old-os",
        createOption: "FromImage",
        vhd: { uri },
        caching: "ReadWrite",
      },
      dataDisks: [],
    },
    osProfile: {
      computerName: "old",
      adminUsername: "azureuser",
      linuxConfiguration: { disablePasswordAuthentication: false },
    },
  });
  const found = await collect(virtualMachines, {
    [list("virtualMachines")]: paged([windows], [linux, machine("odd", { networkProfile: undefined })]),
  });
  const nothing = {
    encryptionAtHost: null,
    securityType: null,
    secureBoot: null,
    virtualTpm: null,
    passwordLogin: null,
    updateAssessment: null,
  };
  expect(found).toMatchObject({ thrown: null, gaps: [{ resourceUid: machineId("odd"), code: "malformed" }] });
  expect(found.resources).toEqual([
    {
      ...common,
      uid: machineId("odd"),
      kind: "azure.compute.virtual-machine",
      name: "odd",
      config: { size: "Standard_A0", osType: null, diskIds: [], diskFiles: [], ...nothing },
      unread: ["interfaceIds"],
    },
    {
      ...common,
      uid: machineId("old"),
      kind: "azure.compute.virtual-machine",
      name: "old",
      config: {
        size: "Standard_A0",
        osType: "Linux",
        interfaceIds: [cardId("old")],
        diskIds: [],
        diskFiles: [uri],
        ...nothing,
        passwordLogin: true,
      },
    },
    {
      ...common,
      uid: machineId("win"),
      kind: "azure.compute.virtual-machine",
      name: "win",
      tags: { team: "web" },
      config: {
        size: "Standard_A0",
        osType: "Windows",
        interfaceIds: [cardId("win")],
        diskIds: [diskId("win-os"), diskId("win-data")],
        diskFiles: [],
        encryptionAtHost: true,
        securityType: "TrustedLaunch",
        secureBoot: true,
        virtualTpm: false,
        passwordLogin: null,
        updateAssessment: null,
      },
    },
  ]);
});

it("reads disks", async () => {
  const disk = (name: string, properties: object, more: object = {}) => ({
    id: diskId(name),
    name,
    type: "Microsoft.Compute/disks",
    location: "eastus",
    sku: { name: "Standard_LRS", tier: "Standard" },
    properties: {
      creationData: { createOption: "Empty" },
      diskSizeGB: 200,
      encryption: { type: "EncryptionAtRestWithPlatformKey" },
      timeCreated: "2016-12-28T04:41:35.079Z",
      provisioningState: "Succeeded",
      diskState: "Unattached",
      networkAccessPolicy: "AllowAll",
      publicNetworkAccess: "Enabled",
      ...properties,
    },
    ...more,
  });
  const found = await collect(disks, {
    [list("disks")]: {
      value: [
        disk("free", {}),
        disk(
          "shared",
          {
            diskState: "Attached",
            encryption: {
              type: "EncryptionAtRestWithPlatformAndCustomerKeys",
              diskEncryptionSetId: idOf("Microsoft.Compute/diskEncryptionSets/set"),
            },
            encryptionSettingsCollection: {
              enabled: true,
              encryptionSettings: [],
              encryptionSettingsVersion: "1.1",
            },
            networkAccessPolicy: "DenyAll",
            publicNetworkAccess: "Disabled",
          },
          { managedBy: machineId("vm1"), managedByExtended: [machineId("vm2"), machineId("vm1")] },
        ),
        disk("unsaid", {
          encryption: undefined,
          diskState: undefined,
          networkAccessPolicy: undefined,
          publicNetworkAccess: undefined,
        }),
      ],
    },
  });
  const read = {
    sizeGib: 200,
    sku: "Standard_LRS",
    createdAt: "2016-12-28T04:41:35.079Z",
    attachedTo: [],
    diskEncryption: false,
  };
  expect(found.resources).toEqual([
    {
      ...common,
      uid: diskId("free"),
      kind: "azure.compute.disk",
      name: "free",
      config: {
        ...read,
        state: "Unattached",
        encryption: "platform",
        networkAccess: "AllowAll",
        publicNetworkAccess: "Enabled",
      },
    },
    {
      ...common,
      uid: diskId("shared"),
      kind: "azure.compute.disk",
      name: "shared",
      config: {
        ...read,
        state: "Attached",
        attachedTo: [machineId("vm1"), machineId("vm2")],
        encryption: "platform-and-customer",
        diskEncryption: true,
        networkAccess: "DenyAll",
        publicNetworkAccess: "Disabled",
      },
    },
    {
      ...common,
      uid: diskId("unsaid"),
      kind: "azure.compute.disk",
      name: "unsaid",
      config: read,
      unread: ["state", "encryption", "networkAccess", "publicNetworkAccess"],
    },
  ]);
  expect(found.gaps).toMatchObject([{ resourceUid: diskId("unsaid"), code: "malformed" }]);
});

it.each([virtualMachines, disks])("is incomplete when $kind is refused", async (collector) => {
  const type = collector.kind.endsWith("disk") ? "disks" : "virtualMachines";
  const found = await collect(collector, { [list(type)]: refusal(403, "AuthorizationFailed") });
  expect(found).toMatchObject({ resources: [], thrown: { operation: `Microsoft.Compute/${type}/read` } });
});
