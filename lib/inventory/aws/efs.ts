import { type FileSystemDescription, paginateDescribeFileSystems } from "@aws-sdk/client-efs";
import { cut, listing, readPromised, required, tagRecord, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";

export const fileSystems: AwsCollector<"aws.efs.file-system"> = {
  kind: "aws.efs.file-system",
  cloud: "aws",
  service: "efs",
  scope: "regional",
  permissions: ["elasticfilesystem:DescribeFileSystems"],
  collect(context) {
    const { clients, signal } = context;
    const pages = paginateDescribeFileSystems(
      { client: clients.efs, pageSize: 100 },
      {},
      { abortSignal: signal },
    );
    const found = listing("elasticfilesystem:DescribeFileSystems", pages, (page) => page.FileSystems);
    return context.each(found, (fileSystem) => describeFileSystem(context, fileSystem));
  },
};

async function describeFileSystem(
  context: AwsContext,
  fileSystem: FileSystemDescription,
): Promise<Resource<"aws.efs.file-system">> {
  const { account, region } = context;
  const uid = required(fileSystem.FileSystemArn, "FileSystemArn");
  const fileSystemId = required(fileSystem.FileSystemId, "FileSystemId");
  const { read, unread } = await readPromised(context, uid, "elasticfilesystem:DescribeFileSystems", {
    encrypted: fileSystem.Encrypted,
  });
  return {
    uid,
    kind: "aws.efs.file-system",
    account,
    region,
    name: fileSystem.Name ? cut(fileSystem.Name) : fileSystemId,
    tags: tagRecord((fileSystem.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
    config: {
      fileSystemId,
      state: required(fileSystem.LifeCycleState, "LifeCycleState"),
      createdAt: timeOf(fileSystem.CreationTime),
      kmsKeyId: fileSystem.KmsKeyId ?? null,
      performanceMode: fileSystem.PerformanceMode ?? null,
      throughputMode: fileSystem.ThroughputMode ?? null,
      availabilityZone: fileSystem.AvailabilityZoneName ?? null,
      mountTargets: fileSystem.NumberOfMountTargets ?? null,
      ...read,
    },
    unread,
  };
}
