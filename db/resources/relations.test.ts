import { afterAll, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { createAccount, createOrganisation, createUser } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import type { RelationGroup } from "./model.ts";
import { listRelations } from "./relations.ts";
import { createResource } from "./test-inventory.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

async function organisation() {
  const { id: organisationId } = await createOrganisation(db);
  const account = await createAccount(db, { organisationId });
  const scope = Scope.ofSystem(organisationId, "test");
  const make = (kind: string, uid: string, config: Record<string, unknown> = {}, accountId = account.id) =>
    createResource(db, { organisationId, accountId, kind, uid, config, name: uid.slice(-20) });
  const related = async (id: string) => {
    const { names, namedBy } = await listRelations(db, scope, id);
    const ids = (groups: readonly RelationGroup[]) =>
      groups.flatMap(({ rows }) => rows.map((row) => row.id)).sort();
    return { names: ids(names), namedBy: ids(namedBy) };
  };
  return { organisationId, account, scope, make, related };
}

it("finds what a configuration names, in every form that providers use, and the way back", async () => {
  const { make, related } = await organisation();
  const arm = "/subscriptions/0d2b/resourceGroups/rg/providers";
  const gcp = "projects/p/locations/eu/keyRings/r/cryptoKeys/k";
  const instanceProfile = "arn:aws:iam::1:instance-profile/web";
  const pairs: [
    named: [string, string, Record<string, unknown>?],
    naming: [string, string, Record<string, unknown>?],
  ][] = [
    [
      ["aws.ec2.vpc", "arn:aws:ec2:eu:1:vpc/vpc-0123456789abcdef0"],
      ["aws.ec2.subnet", "arn:1", { vpcId: "vpc-0123456789abcdef0" }],
    ],
    [
      ["aws.kms.key", "arn:aws:kms:eu:1:key/k1"],
      ["aws.ec2.volume", "arn:2", { kmsKeyId: "arn:aws:kms:eu:1:key/k1" }],
    ],
    [
      ["aws.kms.key", "arn:aws:kms:eu:1:key/k2", { aliases: ["alias/data"] }],
      ["aws.ec2.region", "arn:aws:ec2:eu:1:settings", { defaultKey: "alias/data" }],
    ],
    [
      ["aws.s3.bucket", "arn:aws:s3:::logs"],
      ["aws.cloudtrail.trail", "arn:3", { bucketName: "logs" }],
    ],
    [
      ["aws.s3.bucket", "arn:aws:s3:::data"],
      ["aws.iam.policy", "arn:4", { document: { Statement: [{ Resource: ["arn:aws:s3:::data/*"] }] } }],
    ],
    [
      ["aws.iam.role", "arn:aws:iam::1:role/web", { instanceProfileArns: [instanceProfile] }],
      ["aws.ec2.instance", "arn:5", { instanceProfileArn: instanceProfile }],
    ],
    [
      ["aws.iam.group", "arn:aws:iam::1:group/Admins"],
      ["aws.iam.user", "arn:aws:iam::1:user/ada", { groups: ["Admins"] }],
    ],
    // Azure keeps no case.
    [
      ["azure.network.security-group", `${arm}/Microsoft.Network/networkSecurityGroups/NSG`],
      [
        "azure.network.interface",
        "/i",
        { securityGroupId: `${arm.toLowerCase()}/microsoft.network/networksecuritygroups/nsg` },
      ],
    ],
    [
      ["azure.network.virtual-network", `${arm}/Microsoft.Network/virtualNetworks/vnet`],
      [
        "azure.network.interface",
        "/j",
        { subnetIds: [`${arm}/Microsoft.Network/virtualNetworks/vnet/subnets/a`] },
      ],
    ],
    [
      ["azure.storage.account", `${arm}/Microsoft.Storage/storageAccounts/acmelogs`],
      ["azure.sql.server", "/k", { storage: "https://acmelogs.blob.core.windows.net/" }],
    ],
    [
      ["gcp.kms.key", `//cloudkms.googleapis.com/${gcp}`],
      ["gcp.compute.disk", "//d", { kmsKeyName: `${gcp}/cryptoKeyVersions/3` }],
    ],
    [
      ["gcp.compute.network", "//compute.googleapis.com/projects/p/global/networks/n"],
      ["gcp.cloudsql.instance", "//e", { privateNetwork: "projects/p/global/networks/n" }],
    ],
    [
      [
        "gcp.iam.service-account",
        "//iam.googleapis.com/projects/p/serviceAccounts/s@p.iam.gserviceaccount.com",
      ],
      ["gcp.compute.instance", "//f", { member: "serviceAccount:s@p.iam.gserviceaccount.com" }],
    ],
    [
      ["gcp.bigquery.dataset", "//bigquery.googleapis.com/projects/p/datasets/d"],
      ["gcp.bigquery.table", "//bigquery.googleapis.com/projects/p/datasets/d/tables/t"],
    ],
  ];
  for (const [named, naming] of pairs) {
    const [to, from] = [await make(...named), await make(...naming)];
    expect({ naming, related: await related(from.id) }).toEqual({
      naming,
      related: { names: [to.id], namedBy: [] },
    });
    expect({ named, related: await related(to.id) }).toEqual({
      named,
      related: { names: [], namedBy: [from.id] },
    });
  }
});

it("doesn't take words for ids, or a resource for related to itself", async () => {
  const { make, related } = await organisation();
  const bucket = await make("aws.s3.bucket", "arn:aws:s3:::default", { self: "arn:aws:s3:::default" });
  const other = await make("aws.ec2.security-group", "arn:1", {
    name: "default",
    text: `${"arn:aws:s3:::default ".repeat(400)}`,
    hostile: ["'; drop table resources; --", "arn:", "/", "vpc-", "%", "a".repeat(100_000)],
  });
  expect([await related(bucket.id), await related(other.id)]).toEqual([
    { names: [], namedBy: [] },
    { names: [], namedBy: [] },
  ]);
});

it("means an account's own copy of what the provider has for everybody", async () => {
  const { organisationId, account, make, related } = await organisation();
  const other = await createAccount(db, { organisationId });
  const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const own = await make("aws.iam.policy", policy);
  const copy = await make("aws.iam.policy", policy, {}, other.id);
  const role = await make("aws.iam.role", "arn:aws:iam::1:role/r", { attached: [policy] }, account.id);
  expect(await related(role.id)).toEqual({ names: [own.id], namedBy: [] });
  expect(await related(own.id)).toEqual({ names: [], namedBy: [role.id] });
  expect(await related(copy.id)).toEqual({ names: [], namedBy: [] });
});

it("shows nothing of another organisation's or of an account out of sight, though it has the same id", async () => {
  const [mine, theirs] = [await organisation(), await organisation()];
  const vpc = { vpcId: "vpc-0fedcba9876543210" };
  const uid = "arn:aws:ec2:eu:1:vpc/vpc-0fedcba9876543210";
  const network = await mine.make("aws.ec2.vpc", uid);
  const hidden = await createAccount(db, { organisationId: mine.organisationId });
  const seen = await mine.make("aws.ec2.instance", "arn:seen", vpc);
  const unseen = await mine.make("aws.ec2.instance", "arn:unseen", vpc, hidden.id);
  await theirs.make("aws.ec2.vpc", uid);
  await theirs.make("aws.ec2.instance", "arn:theirs", vpc);
  expect(await mine.related(network.id)).toEqual({ names: [], namedBy: [seen.id, unseen.id].sort() });
  const user = await createUser(db, { organisationId: mine.organisationId });
  const partly = Scope.ofUser({ ...user, accountIds: [mine.account.id] });
  const { namedBy } = await listRelations(db, partly, network.id);
  expect(namedBy).toEqual([
    {
      kind: "aws.ec2.instance",
      count: 1,
      rows: [
        {
          id: seen.id,
          kind: "aws.ec2.instance",
          name: "arn:seen",
          uid: "arn:seen",
          region: "eu-west-1",
          account: { id: mine.account.id, name: "test" },
          deletedAt: null,
        },
      ],
    },
  ]);
});

it("shows twenty of a kind and counts the rest", async () => {
  const { make, scope } = await organisation();
  const network = await make("aws.ec2.vpc", "arn:aws:ec2:eu:1:vpc/vpc-00000000000000001");
  for (let n = 0; n < 23; n += 1)
    await make("aws.ec2.instance", `arn:i${n}`, { vpcId: "vpc-00000000000000001" });
  const { namedBy, more } = await listRelations(db, scope, network.id);
  expect({ counts: namedBy.map(({ count, rows }) => [count, rows.length]), more }).toEqual({
    counts: [[23, 20]],
    more: { names: false, namedBy: false },
  });
});
