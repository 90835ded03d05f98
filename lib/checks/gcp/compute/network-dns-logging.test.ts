import { network, networkUid } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { networkDnsLogging } from "./network-dns-logging.ts";

const dnsPolicy = (logging: boolean, ...networks: string[]) => ({
  kind: "gcp.dns.policy" as const,
  name: "inbound",
  config: { logging, inboundForwarding: true, networks },
});

testCheck(networkDnsLogging, {
  pass: [
    { ...network(), related: [dnsPolicy(true, networkUid)] },
    { ...network(), related: [dnsPolicy(true, "//other", networkUid)], incomplete: ["gcp.dns.policy"] },
  ],
  fail: [
    [network(), "The network has no DNS server policy."],
    [{ ...network(), related: [dnsPolicy(true, "//other")] }, "The network has no DNS server policy."],
    [
      { ...network(), related: [dnsPolicy(false, networkUid)] },
      "The network's DNS server policy inbound does not log.",
    ],
  ],
  unknown: [
    { ...network(), incomplete: ["gcp.dns.policy"] },
    { ...network(), related: [dnsPolicy(false, networkUid)], incomplete: ["gcp.dns.policy"] },
  ],
});
