import { gkeNode, instance, instanceWithout } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceIpForwarding } from "./instance-ip-forwarding.ts";

testCheck(instanceIpForwarding, {
  pass: [instance(), gkeNode({ canIpForward: true })],
  fail: [[instance({ canIpForward: true }), "The instance may forward packets of other addresses."]],
  unknown: [instanceWithout("canIpForward")],
});
