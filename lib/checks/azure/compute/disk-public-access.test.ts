import { disk } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { diskPublicAccess } from "./disk-public-access.ts";

testCheck(diskPublicAccess, {
  pass: [
    disk({ networkAccess: "DenyAll", publicNetworkAccess: "Enabled" }),
    disk({ networkAccess: "AllowPrivate" }),
    disk({ networkAccess: "AllowAll", publicNetworkAccess: "Disabled" }),
    disk({ publicNetworkAccess: "Disabled" }),
  ],
  fail: [
    [
      disk({ networkAccess: "AllowAll", publicNetworkAccess: "Enabled" }),
      "A signed URL for the disk works from every network.",
    ],
  ],
  unknown: [disk(), disk({ networkAccess: "AllowAll" }), disk({ publicNetworkAccess: "Enabled" })],
});
