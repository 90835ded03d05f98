import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instancePublicNetworks } from "./instance-public-networks.ts";

const entry = (cidr: string, expiresAt: string | null = null) => ({ name: null, cidr, expiresAt });

testCheck(instancePublicNetworks, {
  pass: [
    sqlInstance("mysql", { publicIp: true, authorizedNetworks: [entry("203.0.113.0/24")] }),
    sqlInstance("mysql", { publicIp: true, authorizedNetworks: [entry("203.0.113.7")] }),
    sqlInstance("mysql", { publicIp: true, authorizedNetworks: [] }),
    // Nobody reaches an address that it does not have.
    sqlInstance("mysql", { publicIp: false, authorizedNetworks: [entry("0.0.0.0/0")] }),
    sqlInstance("mysql", {
      publicIp: true,
      authorizedNetworks: [entry("0.0.0.0/0", "2026-01-31T11:59:59.000Z")],
    }),
  ],
  fail: [
    [
      sqlInstance("postgres", {
        publicIp: true,
        authorizedNetworks: [entry("203.0.113.7"), entry("0.0.0.0/0")],
      }),
      "The instance admits 0.0.0.0/0.",
    ],
    [
      sqlInstance("postgres", {
        publicIp: true,
        authorizedNetworks: [entry("0.0.0.0/1"), entry("128.0.0.0/1", "2026-02-01T00:00:00.000Z")],
      }),
      "The instance admits 0.0.0.0/1, 128.0.0.0/1.",
    ],
    [
      sqlInstance("postgres", {
        publicIp: true,
        authorizedNetworks: [
          entry("12.0.0.0/8"),
          entry("13.0.0.0/8"),
          entry("14.0.0.0/8"),
          entry("15.0.0.0/8"),
        ],
      }),
      "The instance admits 12.0.0.0/8, 13.0.0.0/8, 14.0.0.0/8 and 1 more.",
    ],
  ],
  unknown: [
    { config: { ...sqlInstanceWithout("mysql", "authorizedNetworks").config, publicIp: true } },
    {
      config: { ...sqlInstanceWithout("mysql", "publicIp").config, authorizedNetworks: [entry("0.0.0.0/0")] },
    },
  ],
});
