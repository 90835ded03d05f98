import { network } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { networkLegacy } from "./network-legacy.ts";

testCheck(networkLegacy, {
  pass: [network(), network({ mode: "auto" })],
  fail: [[network({ mode: "legacy" }), "The network is a legacy network, without subnets."]],
  unknown: [network({ mode: undefined })],
});
