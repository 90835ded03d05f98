import { interfaceId, machine } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { virtualMachinePublicIp } from "./virtual-machine-public-ip.ts";

const card = (name: string, ...addresses: string[]) => ({
  kind: "azure.network.interface" as const,
  uid: interfaceId(name),
  config: {
    machineId: null,
    securityGroupId: null,
    publicIpIds: addresses.map((address) => `/subscriptions/s/publicIPAddresses/${address}`),
    privateIps: ["10.0.0.4"],
    subnetIds: [],
    ipForwarding: false,
  },
});
const unreadCard = { ...card("web"), config: { ...card("web").config, publicIpIds: undefined } };
const two = machine({ interfaceIds: [interfaceId("web"), interfaceId("admin")] });

testCheck(virtualMachinePublicIp, {
  pass: [
    { ...machine(), related: [card("web"), card("other", "other-ip")] },
    machine({ interfaceIds: [] }),
    { ...machine(), related: [card("web")], incomplete: ["azure.network.interface"] },
  ],
  fail: [
    [{ ...machine(), related: [card("web", "web-ip")] }, "The machine has the public address web-ip on web."],
    [{ ...machine(), related: [card("WEB", "web-ip")] }, "The machine has the public address web-ip on web."],
    [
      { ...two, related: [card("web", "a"), card("admin", "b", "c")] },
      "The machine has the public address a on web and b, c on admin.",
    ],
    [{ ...two, related: [card("admin", "b")] }, "The machine has the public address b on admin."],
  ],
  unknown: [
    machine({ interfaceIds: undefined }),
    machine(),
    { ...machine(), related: [unreadCard] },
    { ...two, related: [card("web")] },
  ],
});
