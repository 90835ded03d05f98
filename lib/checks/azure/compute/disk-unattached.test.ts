import { disk } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { diskUnattached } from "./disk-unattached.ts";

testCheck(diskUnattached, {
  pass: [
    disk({ state: "Attached", attachedTo: ["/vm"] }),
    disk({ state: "Reserved", attachedTo: ["/vm"] }),
    disk({ attachedTo: ["/vm"] }),
    disk({ state: "ActiveUpload" }),
  ],
  fail: [[disk({ state: "Unattached" }), "The disk is attached to no machine."]],
  unknown: [disk()],
});
