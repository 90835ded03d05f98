import { testCheck } from "#lib/checks/test-check.ts";
import { assetInventory } from "./asset-inventory.ts";

testCheck(assetInventory, {
  pass: [{ config: { enabledServices: ["cloudasset.googleapis.com", "compute.googleapis.com"] } }],
  fail: [
    [
      { config: { enabledServices: ["compute.googleapis.com"] } },
      "The API cloudasset.googleapis.com is not enabled.",
    ],
    [{ config: { enabledServices: [] } }, "The API cloudasset.googleapis.com is not enabled."],
  ],
  unknown: [{ config: {} }],
});
