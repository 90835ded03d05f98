import { testCheck } from "#lib/checks/test-check.ts";
import { virtualNetworkDdos } from "./virtual-network-ddos.ts";

const network = { prefixes: ["10.0.0.0/16"], subnets: [], ddosPlanId: null, peeredWith: [] };

testCheck(virtualNetworkDdos, {
  pass: [{ config: { ...network, ddosProtection: true, ddosPlanId: "/plans/acme" } }],
  fail: [[{ config: { ...network, ddosProtection: false } }, "No DDoS protection plan guards the network."]],
  unknown: [{ config: network }],
});
