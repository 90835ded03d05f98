import { expect, it } from "vitest";
import { keys } from "./kms.ts";
import { type AwsRequest, account, collect, failure } from "./test-answers.ts";

const arn = (id: string) => `arn:aws:kms:eu-west-1:${account}:key/${id}`;
const entry = (id: string) => ({ KeyId: id, KeyArn: arn(id) });
const metadata = (rest: object = {}) => ({
  KeyMetadata: {
    KeyManager: "CUSTOMER",
    KeyState: "Enabled",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyUsage: "ENCRYPT_DECRYPT",
    Origin: "AWS_KMS",
    MultiRegion: false,
    CreationDate: 1.5e9,
    Description: "Orders",
    ...rest,
  },
});
const details = {
  managedBy: "customer",
  state: "Enabled",
  spec: "SYMMETRIC_DEFAULT",
  usage: "ENCRYPT_DECRYPT",
  origin: "AWS_KMS",
  multiRegion: null,
  createdAt: "2017-07-14T02:40:00.000Z",
  deletionAt: null,
  description: "Orders",
};
const aliases = JSON.stringify({
  Aliases: [
    { AliasName: "alias/orders", TargetKeyId: "own" },
    { AliasName: "alias/b", TargetKeyId: "own" },
    { AliasName: "alias/aws/ebs" },
  ],
});
const rotation = JSON.stringify({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
const tags = JSON.stringify({ Tags: [{ TagKey: "team", TagValue: "payments" }], Truncated: false });
const place = { kind: "aws.kms.key", account, region: "eu-west-1" };

it("reads customer keys whole, and of AWS's what they are", async () => {
  const describeKey = (request: AwsRequest) =>
    JSON.stringify(metadata(request.body.includes('"aws"') ? { KeyManager: "AWS" } : {}));
  const read = await collect(keys, {
    ListKeys: JSON.stringify({ Keys: [entry("own"), entry("aws")] }),
    ListAliases: aliases,
    DescribeKey: describeKey,
    GetKeyRotationStatus: rotation,
    ListResourceTags: tags,
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: arn("aws"),
      name: "aws",
      tags: {},
      config: { keyId: "aws", aliases: [], details: { ...details, managedBy: "aws" }, rotation: null },
      unread: [],
    },
    {
      ...place,
      uid: arn("own"),
      name: "b",
      tags: { team: "payments" },
      config: {
        keyId: "own",
        aliases: ["b", "orders"],
        details,
        rotation: { enabled: true, periodDays: 365 },
      },
      unread: [],
    },
  ]);
  expect(read.actions.filter((action) => action === "GetKeyRotationStatus")).toHaveLength(1);
});

it("leaves absent what a key's own policy refuses, and asks no rotation of an asymmetric key", async () => {
  const read = await collect(keys, {
    ListKeys: JSON.stringify({ Keys: [entry("own")] }),
    ListAliases: failure("AccessDeniedException"),
    DescribeKey: failure("AccessDeniedException"),
    ListResourceTags: tags,
  });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: arn("own"),
      name: "own",
      tags: { team: "payments" },
      config: { keyId: "own" },
      unread: ["aliases", "details", "rotation"],
    },
  ]);
  expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
    "kms:DescribeKey denied",
    "kms:ListAliases denied",
  ]);

  const asymmetric = await collect(keys, {
    ListKeys: JSON.stringify({ Keys: [entry("own")] }),
    ListAliases: aliases,
    DescribeKey: JSON.stringify(metadata({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" })),
    ListResourceTags: tags,
  });
  expect(asymmetric).toMatchObject({ gaps: [], resources: [{ config: { rotation: null }, unread: [] }] });
});

it("leaves out a key that is gone, and throws when the list is refused", async () => {
  const gone = await collect(keys, {
    ListKeys: JSON.stringify({ Keys: [entry("own")] }),
    ListAliases: aliases,
    DescribeKey: failure("NotFoundException"),
  });
  expect(gone).toMatchObject({ resources: [], gaps: [], thrown: null });
  const refused = await collect(keys, { ListKeys: failure("AccessDeniedException"), ListAliases: aliases });
  expect(refused).toMatchObject({ resources: [], thrown: { operation: "kms:ListKeys" } });
});
