/** Names that have broken other people's pages. */
export const absurdNames: readonly string[] = [
  "<script>alert(document.domain)</script>",
  "\u202eexcod.tpircs-lanosrep\u202c-overridden",
  `bucket-${"with-a-very-long-name-that-never-ends-".repeat(12)}end`,
  "\"'; DROP TABLE findings; -- $(touch /tmp/owned) `id`",
  "مستودع-النسخ-الاحتياطية-السرية",
  "A\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b".repeat(12),
  "日本語のとても長い名前のセキュリティグループ".repeat(8),
  " ",
];

const words = [
  "payments",
  "ledger",
  "search",
  "invoices",
  "identity",
  "mobile",
  "reports",
  "archive",
  "media",
  "edge",
];
const stems: Readonly<Record<string, string>> = {
  bucket: "assets",
  "security-group": "sg",
  user: "svc",
  instance: "i",
  volume: "vol",
};

export const nameOf = (thing: string, at: number): string =>
  `${words[at % words.length]}-${stems[thing] ?? thing}-${String(at).padStart(4, "0")}`;

type Made = { config: Record<string, unknown>; path: string; value: unknown; reason: string };

/** A configuration of the kind's shape, and what in it is wrong. */
export function configOf(kind: string, name: string, at: number): Made {
  if (kind === "aws.s3.bucket") {
    const publicAccessBlock = {
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    };
    const config = {
      createdAt: "2023-04-11T09:30:12.000Z",
      publicAccessBlock,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "PublicRead",
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::${name}/*`,
          },
        ],
      },
      policyIsPublic: true,
      grants: [],
      versioning: "suspended",
      mfaDelete: false,
    };
    const reason = "The policy lets everyone read objects: statement PublicRead allows s3:GetObject to *.";
    return { config, path: "/policy/Statement/0", value: config.policy.Statement[0], reason };
  }
  if (kind === "aws.ec2.security-group") {
    const ingress = [
      { protocol: "tcp", fromPort: 443, toPort: 443, ipv4: ["10.0.0.0/8"], ipv6: [] },
      { protocol: "tcp", fromPort: 22, toPort: 22, ipv4: ["0.0.0.0/0"], ipv6: ["::/0"] },
      { protocol: "tcp", fromPort: 8080, toPort: 8090, ipv4: ["10.20.0.0/16"], ipv6: [] },
    ];
    const config = {
      groupId: `sg-0${at.toString(16).padStart(16, "a")}`,
      vpcId: "vpc-0a1b2c3d4e5f60718",
      description: "Web tier",
      ingress,
    };
    return {
      config,
      path: "/ingress/1",
      value: ingress[1],
      reason: "Port 22 is open to 0.0.0.0/0 and ::/0.",
    };
  }
  const config = {
    name,
    createdAt: "2022-10-02T11:00:00.000Z",
    enabled: false,
    settings: { mode: "default", days: 0, keys: ["one", "two"] },
  };
  return { config, path: "/enabled", value: false, reason: "It is off." };
}
