import { randomBytes } from "node:crypto";
import type { FileSystemDescription, Tag } from "@aws-sdk/client-efs";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { findAccount, regionalState } from "./state.ts";

export type FileSystemState = FileSystemDescription & { FileSystemId: string; FileSystemArn: string };

/** EFS's file systems of one region, by id. */
export const efsState = regionalState("efs", () => new Map<string, FileSystemState>());

const fileSystemsOf = (call: Call) => efsState(findAccount(call), call.region);

export const efsHandlers = {
  DescribeFileSystems: (input, call) => {
    const chosen = input.FileSystemId
      ? [findFileSystem(input.FileSystemId, call)]
      : [...fileSystemsOf(call).values()].filter(
          (one) => !input.CreationToken || one.CreationToken === input.CreationToken,
        );
    const page = takePage(chosen, {
      token: input.Marker,
      max: input.MaxItems,
      key: (one) => one.FileSystemId,
      badToken: "BadRequest",
    });
    return { FileSystems: page.items, Marker: input.Marker, NextMarker: page.next };
  },
  CreateFileSystem: (input, call) => {
    const fileSystems = fileSystemsOf(call);
    const twin = [...fileSystems.values()].find((one) => one.CreationToken === input.CreationToken);
    if (twin) {
      const message = `File system '${twin.FileSystemId}' already exists with creation token '${input.CreationToken}'`;
      throw efsError("FileSystemAlreadyExists", message, 409, { FileSystemId: twin.FileSystemId });
    }
    const isEncrypted = input.Encrypted ?? false;
    if (input.KmsKeyId && !isEncrypted) {
      throw efsError("BadRequest", "If KmsKeyId is specified, Encrypted must be true.", 400);
    }
    const made = newFileSystem(`fs-0${randomBytes(8).toString("hex")}`, call, {
      creationToken: input.CreationToken ?? "",
      kmsKeyArn: isEncrypted ? keyArn(input.KmsKeyId ?? "alias/aws/elasticfilesystem", call) : null,
      mountTargets: 0,
      createdAt: call.now,
      tags: input.Tags ?? [],
    });
    if (input.PerformanceMode) made.PerformanceMode = input.PerformanceMode;
    if (input.ThroughputMode) made.ThroughputMode = input.ThroughputMode;
    if (input.AvailabilityZoneName) made.AvailabilityZoneName = input.AvailabilityZoneName;
    fileSystems.set(made.FileSystemId, made);
    return made;
  },
  DeleteFileSystem: (input, call) => {
    const found = findFileSystem(input.FileSystemId, call);
    if (found.NumberOfMountTargets) {
      throw efsError("FileSystemInUse", `File system '${found.FileSystemId}' has mount targets`, 409);
    }
    fileSystemsOf(call).delete(found.FileSystemId);
    return {};
  },
  ListTagsForResource: (input, call) => {
    const page = takePage(findFileSystem(input.ResourceId, call).Tags ?? [], {
      token: input.NextToken,
      max: input.MaxResults,
      key: (tag) => tag.Key ?? "",
      badToken: "BadRequest",
    });
    return { Tags: page.items, NextToken: page.next };
  },
  TagResource: (input, call) => {
    const found = findFileSystem(input.ResourceId, call);
    const given = input.Tags ?? [];
    setTags(found, [
      ...withoutKeys(
        found,
        given.map((tag) => tag.Key),
      ),
      ...given,
    ]);
    return {};
  },
  UntagResource: (input, call) => {
    const found = findFileSystem(input.ResourceId, call);
    setTags(found, withoutKeys(found, input.TagKeys ?? []));
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-efs")>;

export type FileSystemOptions = {
  creationToken: string;
  /** `null`: not encrypted. */
  kmsKeyArn: string | null;
  mountTargets: number;
  createdAt: Date;
  tags: Tag[];
};

export function newFileSystem(
  id: string,
  place: { account: string; region: string },
  options: FileSystemOptions,
): FileSystemState {
  const { kmsKeyArn, createdAt } = options;
  const made: FileSystemState = {
    OwnerId: place.account,
    CreationToken: options.creationToken,
    FileSystemId: id,
    FileSystemArn: `arn:aws:elasticfilesystem:${place.region}:${place.account}:file-system/${id}`,
    CreationTime: createdAt,
    LifeCycleState: "available",
    NumberOfMountTargets: options.mountTargets,
    SizeInBytes: { Value: 6144, Timestamp: createdAt, ValueInIA: 0, ValueInStandard: 6144 },
    PerformanceMode: "generalPurpose",
    Encrypted: kmsKeyArn !== null,
    ...(kmsKeyArn === null ? {} : { KmsKeyId: kmsKeyArn }),
    ThroughputMode: "bursting",
    Tags: [],
    FileSystemProtection: { ReplicationOverwriteProtection: "ENABLED" },
  };
  setTags(made, options.tags);
  return made;
}

/** A file system is called what its tag `Name` says. */
function setTags(fileSystem: FileSystemState, tags: Tag[]): void {
  fileSystem.Tags = tags;
  fileSystem.Name = tags.find((tag) => tag.Key === "Name")?.Value;
}

const withoutKeys = ({ Tags = [] }: FileSystemState, keys: readonly (string | undefined)[]) =>
  Tags.filter((tag) => !keys.includes(tag.Key));

const keyArn = (key: string, call: Call) =>
  key.startsWith("arn:")
    ? key
    : `arn:aws:kms:${call.region}:${call.account}:${key.startsWith("alias/") ? key : `key/${key}`}`;

/** @param idOrArn Operations on tags take the ARN as well. */
function findFileSystem(idOrArn: string | undefined, call: Call): FileSystemState {
  const id = idOrArn?.split("/").at(-1) ?? "";
  const found = fileSystemsOf(call).get(id);
  if (!found) throw efsError("FileSystemNotFound", `File system '${id}' does not exist.`, 404);
  return found;
}

function efsError(code: string, message: string, status: number, members: Record<string, string> = {}) {
  return new AwsError(code, message, status, { members: { ErrorCode: code, ...members } });
}
