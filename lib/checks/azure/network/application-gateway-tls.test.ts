import { testCheck } from "#lib/checks/test-check.ts";
import type { TlsPolicy } from "#lib/inventory/azure/network.kinds.ts";
import { applicationGatewayTls } from "./application-gateway-tls.ts";

const policy = (change: Partial<TlsPolicy>): TlsPolicy => ({
  of: "gateway",
  type: null,
  name: null,
  minVersion: null,
  disabledProtocols: [],
  ...change,
});
const predefined = (name: string) => policy({ type: "Predefined", name });
const gateway = (tlsPolicies: TlsPolicy[], defaultTlsPolicy: string | null = null) => ({
  config: {
    tier: "WAF_v2",
    http2: true,
    tlsPolicies,
    hasTlsPolicy: tlsPolicies.some(({ of }) => of === "gateway"),
    defaultTlsPolicy,
    firewall: null,
    firewallPolicyId: null,
  },
});

testCheck(applicationGatewayTls, {
  pass: [
    gateway([predefined("AppGwSslPolicy20220101")]),
    gateway([predefined("AppGwSslPolicy20170401S")]),
    gateway([policy({ type: "CustomV2", minVersion: "TLSv1_3" })]),
    gateway([policy({ type: "Custom", minVersion: "TLSv1_2" })]),
    gateway([policy({ disabledProtocols: ["TLSv1_0", "TLSv1_1"] })]),
    gateway([], "AppGwSslPolicy20220101"),
  ],
  fail: [
    [gateway([predefined("AppGwSslPolicy20150501")]), "The gateway accepts TLS 1.0."],
    [gateway([policy({ name: "AppGwSslPolicy20170401" })]), "The gateway accepts TLS 1.1."],
    [gateway([policy({ type: "Custom", minVersion: "TLSv1_1" })]), "The gateway accepts TLS 1.1."],
    [gateway([policy({ disabledProtocols: ["TLSv1_0"] })]), "The gateway accepts TLS 1.1."],
    [
      gateway([], "AppGwSslPolicy20150501"),
      "The gateway has no policy of its own, and the default accepts TLS 1.0.",
    ],
    [
      gateway([
        predefined("AppGwSslPolicy20220101"),
        policy({ of: "profile api", type: "Custom", minVersion: "TLSv1_0" }),
      ]),
      "The SSL profile api accepts TLS 1.0.",
    ],
  ],
  unknown: [
    gateway([]),
    gateway([predefined("AppGwSslPolicy20990101")]),
    gateway([policy({})]),
    gateway([policy({ type: "CustomV2", minVersion: "TLSv9" })]),
    gateway([policy({ of: "profile api", type: "CustomV2", minVersion: "TLSv1_2" })]),
  ],
});
