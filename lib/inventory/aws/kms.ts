import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  type KeyListEntry,
  type KeyMetadata,
  paginateListAliases,
  paginateListKeys,
  paginateListResourceTags,
} from "@aws-sdk/client-kms";
import { cut, listing, oneOf, readAndUnread, required, tagRecord, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { KmsKinds } from "./kms.kinds.ts";

type Details = NonNullable<KmsKinds["aws.kms.key"]["details"]>;

export const keys: AwsCollector<"aws.kms.key"> = {
  kind: "aws.kms.key",
  cloud: "aws",
  service: "kms",
  scope: "regional",
  permissions: [
    "kms:ListKeys",
    "kms:ListAliases",
    "kms:DescribeKey",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
  ],
  async *collect(context) {
    const { account, partition, region, clients, signal } = context;
    const aliases = await readAliases(context, `arn:${partition}:kms:${region}:${account}:alias/*`);
    const pages = paginateListKeys({ client: clients.kms, pageSize: 1000 }, {}, { abortSignal: signal });
    const found = listing("kms:ListKeys", pages, (page) => page.Keys);
    yield* context.each(found, (key) => describeKey(context, key, aliases));
  },
};

/** Alias names by key id, from one list for the region. */
function readAliases({ clients, signal, read }: AwsContext, uid: string) {
  return read(uid, "kms:ListAliases", async () => {
    const byKey = new Map<string, string[]>();
    const pages = paginateListAliases({ client: clients.kms, pageSize: 100 }, {}, { abortSignal: signal });
    for await (const page of pages) {
      for (const { AliasName, TargetKeyId } of required(page.Aliases, "Aliases")) {
        // AWS reserves aliases for keys that it makes when they are first used.
        if (TargetKeyId === undefined) continue;
        const name = required(AliasName, "AliasName").replace(/^alias\//, "");
        byKey.set(TargetKeyId, [...(byKey.get(TargetKeyId) ?? []), name].sort());
      }
    }
    return byKey;
  });
}

const gone = ["NotFoundException"];

async function describeKey(
  context: AwsContext,
  key: KeyListEntry,
  allAliases: Map<string, string[]> | null | undefined,
): Promise<Resource<"aws.kms.key">> {
  const { account, region } = context;
  const uid = required(key.KeyArn, "KeyArn");
  const keyId = required(key.KeyId, "KeyId");
  const details = (await readDetails(context, uid, keyId)) ?? undefined;
  // What AWS manages it also rotates, and tells nobody about its tags.
  const isCustomers = details?.managedBy !== "aws";
  const [rotation, tags] = await Promise.all([
    readRotation(context, uid, keyId, details),
    isCustomers ? readTags(context, uid, keyId) : null,
  ]);
  const aliases = allAliases ? (allAliases.get(keyId) ?? []) : undefined;
  const { read, unread } = readAndUnread({ aliases, details, rotation });
  return {
    uid,
    kind: "aws.kms.key",
    account,
    region,
    name: aliases?.[0] ?? keyId,
    tags: tags ?? {},
    config: { keyId, ...read },
    unread: tags === undefined ? [...unread, "tags"] : unread,
  };
}

function readDetails({ clients, signal, read }: AwsContext, uid: string, KeyId: string) {
  return read(
    uid,
    "kms:DescribeKey",
    async () => {
      const answer = await clients.kms.send(new DescribeKeyCommand({ KeyId }), { abortSignal: signal });
      return detailsOf(required(answer.KeyMetadata, "KeyMetadata"));
    },
    { gone },
  );
}

function detailsOf(key: KeyMetadata): Details {
  const multiRegion = key.MultiRegion
    ? oneOf(key.MultiRegionConfiguration?.MultiRegionKeyType, ["PRIMARY", "REPLICA"], "MultiRegionKeyType")
    : null;
  return {
    managedBy: oneOf(key.KeyManager, ["CUSTOMER", "AWS"], "KeyManager") === "AWS" ? "aws" : "customer",
    state: required(key.KeyState, "KeyState"),
    spec: required(key.KeySpec, "KeySpec"),
    usage: key.KeyUsage ?? null,
    origin: required(key.Origin, "Origin"),
    multiRegion: multiRegion === "PRIMARY" ? "primary" : multiRegion === "REPLICA" ? "replica" : null,
    createdAt: timeOf(key.CreationDate),
    deletionAt: timeOf(key.DeletionDate),
    description: key.Description ? cut(key.Description) : null,
  };
}

async function readRotation(
  { clients, signal, read }: AwsContext,
  uid: string,
  KeyId: string,
  details: Details | undefined,
) {
  if (!details) return undefined;
  const rotates =
    details.managedBy === "customer" && details.spec === "SYMMETRIC_DEFAULT" && details.origin === "AWS_KMS";
  if (!rotates) return null;
  return read(
    uid,
    "kms:GetKeyRotationStatus",
    async () => {
      const answer = await clients.kms.send(new GetKeyRotationStatusCommand({ KeyId }), {
        abortSignal: signal,
      });
      return {
        enabled: required(answer.KeyRotationEnabled, "KeyRotationEnabled"),
        periodDays: answer.RotationPeriodInDays ?? null,
      };
    },
    { gone, absent: ["UnsupportedOperationException"] },
  );
}

function readTags({ clients, signal, read }: AwsContext, uid: string, KeyId: string) {
  return read(
    uid,
    "kms:ListResourceTags",
    async () => {
      const pairs: [string | undefined, string | undefined][] = [];
      const pages = paginateListResourceTags({ client: clients.kms }, { KeyId }, { abortSignal: signal });
      for await (const page of pages) {
        for (const tag of required(page.Tags, "Tags")) pairs.push([tag.TagKey, tag.TagValue]);
      }
      return tagRecord(pairs);
    },
    { gone },
  );
}
