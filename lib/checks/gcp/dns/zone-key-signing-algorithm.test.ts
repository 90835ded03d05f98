import { testCheck } from "#lib/checks/test-check.ts";
import { zoneKeySigningAlgorithm } from "./zone-key-signing-algorithm.ts";

const signed = (algorithm: string, other: string) => ({
  config: {
    dnsName: "acme.example.",
    visibility: "public" as const,
    dnssec: "on" as const,
    keySpecs: [
      { type: "zoneSigning" as const, algorithm: other, bits: 2048 },
      { type: "keySigning" as const, algorithm, bits: 2048 },
    ],
    createdAt: null,
  },
});

testCheck(zoneKeySigningAlgorithm, {
  pass: [
    signed("rsasha256", "rsasha256"),
    // The other key's algorithm is another check's business.
    signed("rsasha256", "rsasha1"),
    { config: { ...signed("rsasha1", "rsasha1").config, dnssec: "off" } },
    { config: { ...signed("rsasha1", "rsasha1").config, visibility: "private" } },
  ],
  fail: [
    [signed("rsasha1", "rsasha256"), "The zone's key-signing key uses RSASHA1."],
    [signed("RSASHA1", "rsasha1"), "The zone's key-signing key uses RSASHA1."],
  ],
  unknown: [
    { config: { ...signed("rsasha256", "rsasha256").config, dnssec: undefined } },
    { config: { ...signed("rsasha256", "rsasha256").config, keySpecs: undefined } },
  ],
});
