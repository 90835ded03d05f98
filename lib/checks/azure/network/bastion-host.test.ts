import { testCheck } from "#lib/checks/test-check.ts";
import { bastionHost } from "./bastion-host.ts";

testCheck(bastionHost, {
  pass: [
    { config: { virtualNetworks: 2, bastionIds: ["/bastion"] } },
    { config: { bastionIds: ["/bastion"] } },
    { config: { virtualNetworks: 0, bastionIds: [] } },
    { config: { virtualNetworks: 0 } },
  ],
  fail: [
    [
      { config: { virtualNetworks: 1, bastionIds: [] } },
      "The subscription has 1 virtual network and no Bastion host.",
    ],
    [
      { config: { virtualNetworks: 4, bastionIds: [] } },
      "The subscription has 4 virtual networks and no Bastion host.",
    ],
  ],
  unknown: [{ config: {} }, { config: { bastionIds: [] } }, { config: { virtualNetworks: 2 } }],
});
