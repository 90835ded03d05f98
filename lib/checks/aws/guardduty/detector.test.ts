import { testCheck } from "#lib/checks/test-check.ts";
import { detector } from "./detector.ts";

testCheck(detector, {
  pass: [{ config: { detector: { id: "d1", enabled: true, features: [] } } }],
  fail: [
    [{ config: { detector: null } }, "GuardDuty has no detector in this region."],
    [
      { config: { detector: { id: "d1", enabled: false, features: [] } } },
      "GuardDuty is suspended in this region.",
    ],
  ],
  unknown: [{ config: {} }],
});
