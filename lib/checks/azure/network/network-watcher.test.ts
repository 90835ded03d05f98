import { testCheck } from "#lib/checks/test-check.ts";
import { networkWatcher } from "./network-watcher.ts";

testCheck(networkWatcher, {
  pass: [{ config: { virtualNetworks: 2, watchers: [{ id: "/w", state: "Succeeded" }] } }],
  fail: [
    [
      { config: { virtualNetworks: 1, watchers: [] } },
      "The region has 1 virtual network and no Network Watcher.",
    ],
    [
      { config: { virtualNetworks: 3, watchers: [] } },
      "The region has 3 virtual networks and no Network Watcher.",
    ],
    [
      { config: { virtualNetworks: 1, watchers: [{ id: "/w", state: "Failed" }] } },
      "The region's Network Watcher is in state Failed.",
    ],
  ],
  unknown: [{ config: { virtualNetworks: 1 } }],
});
