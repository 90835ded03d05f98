import { testCheck } from "#lib/checks/test-check.ts";
import { virtualNetworkFlowLogs } from "./virtual-network-flow-logs.ts";

const group = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";
const uid = `${group}/virtualNetworks/hub`;
const subnet = (name: string, securityGroup: string | null = null) => ({
  name,
  id: `${uid}/subnets/${name}`,
  prefixes: ["10.0.0.0/24"],
  securityGroupId: securityGroup && `${group}/networkSecurityGroups/${securityGroup}`,
  delegations: [],
});
const network = {
  prefixes: [],
  subnets: [subnet("web", "web"), subnet("data")],
  ddosPlanId: null,
  peeredWith: [],
};
const log = (targetId: string, enabled?: boolean) => ({
  kind: "azure.network.flow-log" as const,
  config: {
    targetId,
    target: "virtual-network" as const,
    ...(enabled === undefined ? {} : { enabled }),
    storageId: null,
    workspaceId: null,
  },
});
const withLogs = (...related: ReturnType<typeof log>[]) => ({ uid, config: network, related });

testCheck(virtualNetworkFlowLogs, {
  pass: [
    withLogs(log(uid, true)),
    withLogs(log(uid.toUpperCase(), true)),
    { ...withLogs(log(uid, true)), incomplete: ["azure.network.flow-log"] },
    withLogs(log(`${group}/networkSecurityGroups/web`, true), log(`${uid}/subnets/data`, true)),
    { uid, config: { prefixes: [], ddosPlanId: null, peeredWith: [] }, related: [log(uid, true)] },
  ],
  fail: [
    [withLogs(), "No flow log that is on records the network."],
    [withLogs(log(uid, false)), "No flow log that is on records the network."],
    [withLogs(log(`${uid}2`, true)), "No flow log that is on records the network."],
    [withLogs(log(`${group}/networkSecurityGroups/WEB`, true)), "No flow log records subnet data."],
    [{ uid, config: { ...network, subnets: [] } }, "No flow log that is on records the network."],
  ],
  unknown: [
    { ...withLogs(), incomplete: ["azure.network.flow-log"] },
    withLogs(log(uid)),
    { uid, config: { prefixes: [], ddosPlanId: null, peeredWith: [] } },
  ],
});
