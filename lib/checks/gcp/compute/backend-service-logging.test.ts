import { testCheck } from "#lib/checks/test-check.ts";
import { backendServiceLogging } from "./backend-service-logging.ts";

const service = (
  logging: { enabled: boolean; sampleRate: number | null },
  rest: { scheme?: string | undefined; protocol?: string | undefined } = {},
) => ({
  config: {
    scheme: "EXTERNAL_MANAGED",
    protocol: "HTTPS",
    logging,
    securityPolicy: null,
    createdAt: null,
    ...rest,
  },
});

testCheck(backendServiceLogging, {
  pass: [
    service({ enabled: true, sampleRate: 1 }),
    service({ enabled: true, sampleRate: null }),
    // Network load balancers pass on packets, and know no requests.
    service({ enabled: false, sampleRate: null }, { protocol: "TCP", scheme: "EXTERNAL" }),
    service({ enabled: false, sampleRate: null }, { protocol: "UDP", scheme: undefined }),
    service({ enabled: false, sampleRate: null }, { scheme: "INTERNAL_SELF_MANAGED", protocol: undefined }),
  ],
  fail: [
    [service({ enabled: false, sampleRate: null }), "Requests are not logged."],
    [
      service({ enabled: false, sampleRate: null }, { scheme: "INTERNAL_MANAGED", protocol: "HTTP2" }),
      "Requests are not logged.",
    ],
    [service({ enabled: true, sampleRate: 0 }), "Requests are logged with a sample rate of 0."],
  ],
  unknown: [
    service({ enabled: false, sampleRate: null }, { scheme: undefined }),
    service({ enabled: false, sampleRate: null }, { protocol: undefined }),
  ],
});
