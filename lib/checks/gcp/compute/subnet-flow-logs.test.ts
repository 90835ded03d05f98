import { testCheck } from "#lib/checks/test-check.ts";
import { subnetFlowLogs } from "./subnet-flow-logs.ts";

const subnet = (flowLogs: { enabled: boolean; sampling?: number }, purpose = "PRIVATE") => ({
  config: {
    network: "//network",
    purpose,
    cidr: "10.0.0.0/24",
    ipv6Cidr: null,
    privateGoogleAccess: true,
    flowLogs: { interval: null, sampling: null, metadata: null, filter: null, ...flowLogs },
    createdAt: null,
  },
});

testCheck(subnetFlowLogs, {
  pass: [
    subnet({ enabled: true }),
    subnet({ enabled: true, sampling: 0.1 }),
    // Subnets for proxies hold no instances, and keep no flow logs.
    subnet({ enabled: false }, "REGIONAL_MANAGED_PROXY"),
    subnet({ enabled: false }, "GLOBAL_MANAGED_PROXY"),
    subnet({ enabled: false }, "PRIVATE_SERVICE_CONNECT"),
  ],
  fail: [
    [subnet({ enabled: false }), "Flow logs are off."],
    [subnet({ enabled: true, sampling: 0 }), "Flow logs are on, with a sampling rate of 0."],
  ],
  unknown: [{ config: { ...subnet({ enabled: true }).config, flowLogs: undefined } }],
});
