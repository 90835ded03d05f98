import { disk } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { diskCustomerKey } from "./disk-customer-key.ts";

testCheck(diskCustomerKey, {
  pass: [disk({ encryption: "customer" }), disk({ encryption: "platform-and-customer" })],
  fail: [
    [disk({ encryption: "platform", attachedTo: ["/vm"] }), "The disk is encrypted with Azure's own key."],
    [disk({ encryption: "platform" }), "The unattached disk is encrypted with Azure's own key."],
  ],
  unknown: [disk()],
});
