import type { KeyMetadata } from "@aws-sdk/client-kms";
import { defaultKeyPolicy, kmsState } from "#sandbox/aws/handlers/kms.ts";
import { arnOf, daysAgo, type Site, type Tags } from "./site.ts";

export type KeySpec = {
  alias: string | null;
  description: string;
  managedBy?: "AWS" | "CUSTOMER";
  spec?: KeyMetadata["KeySpec"];
  usage?: KeyMetadata["KeyUsage"];
  origin?: KeyMetadata["Origin"];
  state?: "Enabled" | "Disabled" | "PendingDeletion";
  isRotated?: boolean;
  periodDays?: number;
  isMultiRegion?: boolean;
  ageDays?: number;
  tags?: Tags;
};

/** Adds a key and, if it has one, its alias; answers with the key's ARN. */
export function addKey(site: Site, spec: KeySpec): string {
  const state = kmsState(site.account, site.region);
  const KeyId = spec.isMultiRegion ? `mrk-${site.random.hex(32)}` : site.random.uuid();
  const Arn = arnOf(site, "kms", `key/${KeyId}`);
  const CreationDate = daysAgo(site, spec.ageDays ?? 400);
  const KeySpec = spec.spec ?? "SYMMETRIC_DEFAULT";
  const KeyState = spec.state ?? "Enabled";
  state.keys.set(KeyId, {
    metadata: {
      AWSAccountId: site.account.id,
      KeyId,
      Arn,
      CreationDate,
      Enabled: KeyState === "Enabled",
      Description: spec.description,
      KeyUsage: spec.usage ?? "ENCRYPT_DECRYPT",
      KeyState,
      Origin: spec.origin ?? "AWS_KMS",
      KeyManager: spec.managedBy ?? "CUSTOMER",
      KeySpec,
      CustomerMasterKeySpec: KeySpec as KeyMetadata["CustomerMasterKeySpec"],
      MultiRegion: spec.isMultiRegion ?? false,
      ...(spec.isMultiRegion
        ? {
            MultiRegionConfiguration: {
              MultiRegionKeyType: "PRIMARY" as const,
              PrimaryKey: { Arn, Region: site.region },
              ReplicaKeys: [],
            },
          }
        : {}),
      ...(KeyState === "PendingDeletion" ? { DeletionDate: daysAgo(site, -21) } : {}),
    },
    policy: defaultKeyPolicy(site.account.id),
    rotation: { isEnabled: spec.isRotated ?? spec.managedBy === "AWS", periodDays: spec.periodDays ?? 365 },
    tags: Object.entries(spec.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
  });
  if (spec.alias) addAlias(site, spec.alias, KeyId);
  return Arn;
}

/** An alias without a key is how AWS shows a service's key before its first use. */
export function addAlias(site: Site, name: string, TargetKeyId?: string): void {
  const AliasName = `alias/${name}`;
  const date = daysAgo(site, 400);
  kmsState(site.account, site.region).aliases.set(AliasName, {
    AliasName,
    AliasArn: arnOf(site, "kms", AliasName),
    ...(TargetKeyId ? { TargetKeyId, CreationDate: date, LastUpdatedDate: date } : {}),
  });
}
