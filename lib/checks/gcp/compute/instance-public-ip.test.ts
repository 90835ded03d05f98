import { gkeNode, instance, instanceWithout } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instancePublicIp } from "./instance-public-ip.ts";

const withAddress = (address: string | null) => ({
  interfaces: [
    { network: null, subnet: null, external: [] },
    {
      network: null,
      subnet: null,
      external: [{ family: address?.includes(":") ? ("ipv6" as const) : ("ipv4" as const), address }],
    },
  ],
});

testCheck(instancePublicIp, {
  pass: [instance(), instance({ interfaces: [] }), gkeNode(withAddress("34.76.1.2"))],
  fail: [
    [instance(withAddress("34.76.1.2")), "The instance has the public address 34.76.1.2."],
    [instance(withAddress("2600:1900::1")), "The instance has the public address 2600:1900::1."],
    [instance(withAddress(null)), "The instance gets a public address when it starts."],
  ],
  unknown: [instanceWithout("interfaces")],
});
