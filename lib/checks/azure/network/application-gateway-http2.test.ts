import { testCheck } from "#lib/checks/test-check.ts";
import { applicationGatewayHttp2 } from "./application-gateway-http2.ts";

const gateway = (http2?: boolean | null) => ({
  config: {
    tier: "WAF_v2",
    ...(http2 === undefined ? {} : { http2 }),
    tlsPolicies: [],
    hasTlsPolicy: false,
    defaultTlsPolicy: null,
    firewall: null,
    firewallPolicyId: null,
  },
});

testCheck(applicationGatewayHttp2, {
  pass: [gateway(true)],
  fail: [
    [gateway(false), "HTTP/2 is switched off."],
    [gateway(null), "HTTP/2 was never switched on."],
  ],
  unknown: [gateway()],
});
