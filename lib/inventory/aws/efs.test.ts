import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { fileSystems } from "./efs.ts";
import { account, collect, failure, paged } from "./test-answers.ts";

const path = "GET /2015-02-01/file-systems";
const uid = (id: string) => `arn:aws:elasticfilesystem:eu-west-1:${account}:file-system/${id}`;

/** A file system as DescribeFileSystems documents it. */
const fileSystem = (id: string, more: object = {}) => ({
  OwnerId: account,
  CreationToken: `token-${id}`,
  FileSystemId: id,
  FileSystemArn: uid(id),
  CreationTime: 1403301078,
  LifeCycleState: "available",
  NumberOfMountTargets: 3,
  SizeInBytes: { Value: 29313417216, Timestamp: 1403301078, ValueInIA: 0, ValueInStandard: 29313417216 },
  PerformanceMode: "generalPurpose",
  Encrypted: false,
  ThroughputMode: "bursting",
  Tags: [],
  FileSystemProtection: { ReplicationOverwriteProtection: "ENABLED" },
  ...more,
});
const kmsKeyId = `arn:aws:kms:eu-west-1:${account}:key/0d1e2f3a`;

it("reads file systems over all pages", async () => {
  const named = fileSystem("fs-02", {
    Name: "my first file system",
    Tags: [
      { Key: "Name", Value: "my first file system" },
      { Key: "team", Value: "web" },
    ],
    Encrypted: true,
    KmsKeyId: kmsKeyId,
    ThroughputMode: "elastic",
    AvailabilityZoneName: "eu-west-1a",
    AvailabilityZoneId: "euw1-az1",
    NumberOfMountTargets: 1,
  });
  const read = await collect(fileSystems, {
    [path]: paged(
      "Marker",
      JSON.stringify({ FileSystems: [fileSystem("fs-01")], NextMarker: "m" }),
      JSON.stringify({ Marker: "m", FileSystems: [named] }),
    ),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  const place = { kind: "aws.efs.file-system", account, region: "eu-west-1", unread: [] };
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("fs-01"),
      name: "fs-01",
      tags: {},
      config: {
        fileSystemId: "fs-01",
        state: "available",
        createdAt: "2014-06-20T21:51:18.000Z",
        encrypted: false,
        kmsKeyId: null,
        performanceMode: "generalPurpose",
        throughputMode: "bursting",
        availabilityZone: null,
        mountTargets: 3,
      },
    },
    {
      ...place,
      uid: uid("fs-02"),
      name: "my first file system",
      tags: { Name: "my first file system", team: "web" },
      config: {
        fileSystemId: "fs-02",
        state: "available",
        createdAt: "2014-06-20T21:51:18.000Z",
        encrypted: true,
        kmsKeyId,
        performanceMode: "generalPurpose",
        throughputMode: "elastic",
        availabilityZone: "eu-west-1a",
        mountTargets: 1,
      },
    },
  ]);
});

it("does not take a file system of which encryption is unsaid for an unencrypted one", async () => {
  const { Encrypted: _, ...unsaid } = fileSystem("fs-01");
  const read = await collect(fileSystems, { [path]: JSON.stringify({ FileSystems: [unsaid] }) });
  expect(read.resources).toMatchObject([{ uid: uid("fs-01"), unread: ["encrypted"] }]);
  expect(read.resources[0]?.config).not.toHaveProperty("encrypted");
  expect(read.gaps).toMatchObject([
    {
      operation: "elasticfilesystem:DescribeFileSystems",
      resourceUid: uid("fs-01"),
      code: "malformed",
      message: "MalformedAnswer: The answer lacks encrypted.",
    },
  ]);
});

it("is incomplete, with what it had, when a page is refused or says nothing", async () => {
  const first = JSON.stringify({ FileSystems: [fileSystem("fs-01")], NextMarker: "m" });
  for (const answer of [failure("AccessDeniedException", 403), "{}"]) {
    const read = await collect(fileSystems, { [path]: paged("Marker", first, answer) });
    expect(read.resources).toMatchObject([{ uid: uid("fs-01"), unread: [] }]);
    expect(read.thrown).toBeInstanceOf(ListFailed);
    expect(read.thrown).toMatchObject({ operation: "elasticfilesystem:DescribeFileSystems" });
  }
});
