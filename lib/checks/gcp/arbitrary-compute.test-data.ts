import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constant,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { ComputeKinds, FirewallPolicyRule } from "#lib/inventory/gcp/compute.kinds.ts";

const cidr = constantFrom(
  "0.0.0.0/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "::/0",
  "10.0.0.0/8",
  "203.0.113.0/24",
  "2000::/3",
);
const traffic = fc.record({
  protocol: constantFrom("tcp", "6", "udp", "icmp", "all"),
  ports: constantFrom<string[]>(
    [],
    ["22"],
    ["3389"],
    ["20-25", "443"],
    ["0-65535"],
    ["1-1023", "1024-65535"],
  ),
});
const priority = constantFrom(100, 1000, 2000);
/** The uids that the tests' first resource and first other network have. */
const network = constantFrom(
  "arn:aws:test:eu-west-1:111122223333:gcp.compute.network/0",
  "arn:aws:test:eu-west-1:111122223333:gcp.compute.network/1",
);
const labels = constantFrom<string[]>([], [], ["web"], ["web", "db"]);
const none = constant<string[]>([]);

const peer = (ranges: fc.Arbitrary<string[]>) =>
  fc.record({
    ranges,
    regionCodes: constantFrom<string[]>([], [], [], ["RU"]),
    threatLists: none,
    addressGroups: constantFrom<string[]>([], [], [], ["groups/partners"]),
    fqdns: none,
    secureTags: none,
  });
const policyRule: fc.Arbitrary<FirewallPolicyRule> = fc.record({
  priority,
  action: constantFrom("allow", "allow", "deny", "goto_next"),
  direction: constantFrom("INGRESS", "INGRESS", "EGRESS"),
  disabled: constantFrom(false, false, true),
  traffic: list(traffic, 2),
  source: peer(list(cidr, 2)),
  destination: peer(constant([])),
  sourceNetworkType: constantFrom(null, null, "INTERNET", "INTRA_VPC"),
  targetNetworks: none,
  targetServiceAccounts: constantFrom<string[]>([], [], ["web"]),
  targetSecureTags: none,
  targetType: constant("INSTANCES"),
});
const policy = (level: "hierarchical" | "global" | "regional") =>
  fc.record({ name: text, level: constant(level), rules: list(policyRule) });

const switches = constantFrom(null, "TRUE", "true", "FALSE", "0");
const metadata = fc.record({
  enableOslogin: switches,
  serialPortEnable: switches,
  blockProjectSshKeys: switches,
});

export const computeConfigs: Arbitraries<keyof ComputeKinds> = {
  "gcp.compute.project": {
    whole: fc.record({ defaultServiceAccount: nullable(text), metadata }),
    optional: ["metadata"],
  },
  "gcp.compute.instance": {
    whole: fc.record({
      status: text,
      zone: text,
      machineType: nullable(text),
      createdAt: nullable(date),
      interfaces: list(
        fc.record({
          network: nullable(network),
          subnet: nullable(text),
          external: list(
            fc.record({ family: constantFrom("ipv4" as const, "ipv6" as const), address: nullable(text) }),
            1,
          ),
        }),
        2,
      ),
      networkTags: labels,
      serviceAccounts: list(
        fc.record({
          email: constantFrom("123-compute@developer.gserviceaccount.com", "web@p.iam.gserviceaccount.com"),
          scopes: list(constantFrom("https://www.googleapis.com/auth/cloud-platform", "other"), 1),
        }),
        1,
      ),
      metadata,
      canIpForward: boolean(),
      shielded: nullable(
        fc.record({ secureBoot: boolean(), vtpm: boolean(), integrityMonitoring: boolean() }),
      ),
      confidential: constantFrom(null, "SEV"),
      deletionProtection: boolean(),
      disks: list(text),
    }),
    optional: ["interfaces", "serviceAccounts", "metadata", "canIpForward", "shielded", "confidential"],
  },
  "gcp.compute.disk": {
    whole: fc.record({
      zone: nullable(text),
      sizeGib: nullable(fc.nat()),
      type: nullable(text),
      status: nullable(text),
      createdAt: nullable(date),
      encryption: constantFrom("google" as const, "kms" as const, "customer-supplied" as const),
      kmsKeyName: nullable(text),
      attachedTo: list(text),
    }),
    optional: ["encryption"],
  },
  "gcp.compute.network": {
    whole: fc.record({
      isDefault: boolean(),
      mode: constantFrom("auto" as const, "custom" as const, "legacy" as const),
      routingMode: nullable(text),
      mtu: nullable(fc.nat()),
      createdAt: nullable(date),
      peerings: list(text),
      policyOrder: constantFrom("before" as const, "after" as const),
      policies: fc
        .tuple(list(policy("hierarchical"), 1), list(policy("global"), 1))
        .map(([first, second]) => [...first, ...second]),
      regionalPolicies: list(
        policy("regional").chain((one) =>
          constantFrom("europe-west1", "us-east1").map((region) => ({ ...one, region })),
        ),
        2,
      ),
    }),
    optional: ["mode", "policies", "regionalPolicies"],
  },
  "gcp.compute.subnet": {
    whole: fc.record({
      network,
      purpose: constantFrom("PRIVATE", "PRIVATE", "REGIONAL_MANAGED_PROXY"),
      cidr: nullable(text),
      ipv6Cidr: nullable(text),
      privateGoogleAccess: boolean(),
      flowLogs: fc.record({
        enabled: boolean(),
        interval: nullable(text),
        sampling: constantFrom(null, 0, 0.5),
        metadata: nullable(text),
        filter: nullable(text),
      }),
      createdAt: nullable(date),
    }),
    optional: ["flowLogs"],
  },
  "gcp.compute.firewall": {
    whole: fc.record({
      network,
      direction: constantFrom("INGRESS", "INGRESS", "EGRESS"),
      priority,
      disabled: constantFrom(false, false, true),
      action: constantFrom("allow", "allow", "deny"),
      traffic: fc.array(traffic, { minLength: 1, maxLength: 2 }),
      sourceRanges: list(cidr),
      sourceTags: constantFrom<string[]>([], ["web"]),
      sourceServiceAccounts: none,
      destinationRanges: constantFrom<string[]>([], [], ["10.0.0.0/8"]),
      targetTags: labels,
      targetServiceAccounts: none,
      description: nullable(text),
      createdAt: nullable(date),
      logging: boolean(),
    }),
    optional: ["action", "traffic"],
  },
  "gcp.compute.backend-service": {
    whole: fc.record({
      scheme: constantFrom(
        "EXTERNAL",
        "EXTERNAL_MANAGED",
        "INTERNAL_MANAGED",
        "INTERNAL",
        "INTERNAL_SELF_MANAGED",
      ),
      protocol: constantFrom("HTTP", "HTTPS", "HTTP2", "TCP", "UDP"),
      logging: fc.record({ enabled: boolean(), sampleRate: constantFrom(null, 0, 1) }),
      securityPolicy: nullable(text),
      createdAt: nullable(date),
    }),
    optional: ["scheme", "protocol"],
  },
};
