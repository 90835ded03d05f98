import { randomUUID } from "node:crypto";
import type { AliasListEntry, KeyMetadata, Tag } from "@aws-sdk/client-kms";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { findAccount, regionalState } from "./state.ts";

export type KeyState = {
  metadata: KeyMetadata & { KeyId: string; Arn: string };
  policy: string;
  rotation: { isEnabled: boolean; periodDays: number };
  tags: Tag[];
};

export const kmsState = regionalState("kms", () => ({
  keys: new Map<string, KeyState>(),
  aliases: new Map<string, AliasListEntry & { AliasName: string }>(),
}));

const kms = (call: Call) => kmsState(findAccount(call), call.region);

type Paging = { Marker?: string; Limit?: number };

function pageOf<T>(items: T[], input: Paging, key: (item: T) => string) {
  const max = input.Limit;
  const page = takePage(items, { token: input.Marker, max, key, badToken: "InvalidMarkerException" });
  return { items: page.items, NextMarker: page.next, Truncated: page.next !== undefined };
}

export const kmsHandlers = {
  ListKeys: (input, call) => {
    const { items, ...rest } = pageOf([...kms(call).keys.values()], input, (key) => key.metadata.KeyId);
    return { Keys: items.map(({ metadata }) => ({ KeyId: metadata.KeyId, KeyArn: metadata.Arn })), ...rest };
  },
  ListAliases: (input, call) => {
    const target = input.KeyId ? findKey(input.KeyId, call).metadata.KeyId : null;
    const aliases = [...kms(call).aliases.values()].filter(
      (alias) => !target || alias.TargetKeyId === target,
    );
    const { items, ...rest } = pageOf(aliases, input, (alias) => alias.AliasName);
    return { Aliases: items, ...rest };
  },
  DescribeKey: (input, call) => ({ KeyMetadata: findKey(resolveAlias(input.KeyId, call), call).metadata }),
  GetKeyPolicy: (input, call) => ({ Policy: findKey(input.KeyId, call).policy, PolicyName: "default" }),
  ListResourceTags: (input, call) => {
    const { items, ...rest } = pageOf(findKey(input.KeyId, call).tags, input, (tag) => tag.TagKey ?? "");
    return { Tags: items, ...rest };
  },

  GetKeyRotationStatus: (input, call) => {
    const { metadata, rotation } = findKey(input.KeyId, call);
    refuseUnrotatable(metadata);
    const isEnabled = rotation.isEnabled && metadata.KeyState !== "PendingDeletion";
    return {
      KeyId: metadata.Arn,
      KeyRotationEnabled: isEnabled,
      ...(isEnabled ? { RotationPeriodInDays: rotation.periodDays } : {}),
    };
  },
  EnableKeyRotation: (input, call) => {
    const found = findOwnKey(input.KeyId, call);
    refuseUnrotatable(found.metadata);
    found.rotation = { isEnabled: true, periodDays: input.RotationPeriodInDays ?? found.rotation.periodDays };
    return {};
  },
  DisableKeyRotation: (input, call) => {
    const found = findOwnKey(input.KeyId, call);
    refuseUnrotatable(found.metadata);
    found.rotation = { ...found.rotation, isEnabled: false };
    return {};
  },

  CreateKey: (input, call) => {
    const KeyId = randomUUID();
    const KeySpec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
    const metadata: KeyState["metadata"] = {
      AWSAccountId: call.account,
      KeyId,
      Arn: `arn:aws:kms:${call.region}:${call.account}:key/${KeyId}`,
      CreationDate: call.now,
      Enabled: true,
      Description: input.Description ?? "",
      KeyUsage: input.KeyUsage ?? "ENCRYPT_DECRYPT",
      KeyState: "Enabled",
      Origin: input.Origin ?? "AWS_KMS",
      KeyManager: "CUSTOMER",
      KeySpec,
      CustomerMasterKeySpec: KeySpec as KeyMetadata["CustomerMasterKeySpec"],
      MultiRegion: input.MultiRegion ?? false,
    };
    kms(call).keys.set(KeyId, {
      metadata,
      policy: input.Policy ?? defaultKeyPolicy(call.account),
      rotation: { isEnabled: false, periodDays: 365 },
      tags: input.Tags ?? [],
    });
    return { KeyMetadata: metadata };
  },
  CreateAlias: (input, call) => {
    const AliasName = input.AliasName ?? "";
    const { aliases } = kms(call);
    if (aliases.has(AliasName)) {
      throw new AwsError("AlreadyExistsException", `An alias with the name ${AliasName} already exists`);
    }
    aliases.set(AliasName, {
      AliasName,
      AliasArn: `arn:aws:kms:${call.region}:${call.account}:${AliasName}`,
      TargetKeyId: findKey(input.TargetKeyId, call).metadata.KeyId,
      CreationDate: call.now,
      LastUpdatedDate: call.now,
    });
    return {};
  },
  ScheduleKeyDeletion: (input, call) => {
    const { metadata } = findOwnKey(input.KeyId, call);
    const days = input.PendingWindowInDays ?? 30;
    const DeletionDate = new Date(call.now.getTime() + days * 86_400_000);
    Object.assign(metadata, { KeyState: "PendingDeletion", Enabled: false, DeletionDate });
    return { KeyId: metadata.Arn, DeletionDate, KeyState: "PendingDeletion", PendingWindowInDays: days };
  },
  CancelKeyDeletion: (input, call) => {
    const { metadata } = findKey(input.KeyId, call);
    if (metadata.KeyState !== "PendingDeletion") throw invalidState(metadata);
    Object.assign(metadata, { KeyState: "Disabled", DeletionDate: undefined });
    return { KeyId: metadata.Arn };
  },
} satisfies Operations<typeof import("@aws-sdk/client-kms")>;

export function defaultKeyPolicy(account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}

/** By id or ARN. */
function findKey(given: string | undefined, call: Call): KeyState {
  const id = given?.split("/").at(-1) ?? "";
  const found = kms(call).keys.get(id);
  if (found) return found;
  const arn = `arn:aws:kms:${call.region}:${call.account}:key/${id}`;
  throw new AwsError("NotFoundException", `Key '${arn}' does not exist`);
}

/** A key that the account may change, in a state that allows it. */
function findOwnKey(id: string | undefined, call: Call): KeyState {
  const found = findKey(id, call);
  const { metadata } = found;
  if (metadata.KeyManager === "AWS") {
    throw new AwsError("AccessDeniedException", `${metadata.Arn} is managed by AWS and can't be changed.`);
  }
  if (metadata.KeyState === "Disabled")
    throw new AwsError("DisabledException", `${metadata.Arn} is disabled.`);
  if (metadata.KeyState !== "Enabled") throw invalidState(metadata);
  return found;
}

function resolveAlias(given: string | undefined, call: Call): string | undefined {
  const name = given?.slice(given.indexOf("alias/"));
  if (!given?.includes("alias/")) return given;
  const target = kms(call).aliases.get(name ?? "")?.TargetKeyId;
  if (!target) throw new AwsError("NotFoundException", `Alias ${given} is not found.`);
  return target;
}

/** Only symmetric keys with material of KMS's own making rotate. */
function refuseUnrotatable(metadata: KeyState["metadata"]): void {
  if (metadata.KeySpec === "SYMMETRIC_DEFAULT" && metadata.Origin === "AWS_KMS") return;
  throw new AwsError("UnsupportedOperationException", `${metadata.Arn} does not support key rotation.`);
}

function invalidState(metadata: KeyState["metadata"]): AwsError {
  return new AwsError("KMSInvalidStateException", `${metadata.Arn} is ${metadata.KeyState}.`);
}
