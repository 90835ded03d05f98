import { testCheck } from "#lib/checks/test-check.ts";
import { zoneDnssec } from "./zone-dnssec.ts";

const zone = { dnsName: "acme.example.", visibility: "public" as const, createdAt: null };

testCheck(zoneDnssec, {
  pass: [
    { config: { ...zone, dnssec: "on" } },
    { config: { ...zone, dnssec: "transfer" } },
    { config: { ...zone, visibility: "private", dnssec: "off" } },
  ],
  fail: [[{ config: { ...zone, dnssec: "off" } }, "DNSSEC is off."]],
  unknown: [{ config: zone }],
});
