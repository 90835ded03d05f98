import { testCheck } from "#lib/checks/test-check.ts";
import type { ApplicationRestriction } from "#lib/inventory/gcp/apikeys.kinds.ts";
import { keyApplicationRestrictions } from "./key-application-restrictions.ts";

const key = (application: ApplicationRestriction | null) => ({
  config: { application, apiTargets: [], serviceAccountEmail: null },
});
const sites = (...allowedReferrers: string[]) => key({ type: "browser", allowedReferrers });
const addresses = (...allowedIps: string[]) => key({ type: "server", allowedIps });
const anywhere = "The key works from anywhere.";
const because = (what: string) => `The key works from anywhere, as it allows ${what}.`;

testCheck(keyApplicationRestrictions, {
  pass: [
    sites("https://www.example.com/*"),
    sites("*.example.com/*", "example.com"),
    addresses("203.0.113.0/24", "2001:db8::/32", "10.0.0.1"),
    key({ type: "android", applications: [{ packageName: "com.acme", sha1Fingerprint: "AA:BB" }] }),
    key({ type: "ios", allowedBundleIds: ["com.acme"] }),
  ],
  fail: [
    [key(null), anywhere],
    [sites(), anywhere],
    [sites("example.com", "*"), because("*")],
    [sites("*.com/*", "https://*/*"), because("*.com/* and https://*/*")],
    [addresses("10.0.0.1", "0.0.0.0/0", "::/0"), because("0.0.0.0/0 and ::/0")],
    [addresses("0.0.0.0", "::0"), because("0.0.0.0 and ::0")],
    [addresses("1.2.3.4/0"), because("1.2.3.4/0")],
    [key({ type: "android", applications: [] }), anywhere],
    [key({ type: "ios", allowedBundleIds: [] }), anywhere],
  ],
  unknown: [{ config: { serviceAccountEmail: null } }],
});
