import type { ResourceConfigs } from "./kinds.ts";

export const clouds = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof clouds)[number];

/** The cloud that a kind, a check or a service of either belongs to, by its id's first part. Throws for no such id. */
export function cloudOf(id: string): Cloud {
  const found = clouds.find((cloud) => id.startsWith(`${cloud}.`));
  if (!found) throw new Error(`${id} belongs to no cloud.`);
  return found;
}

/** A resource kind, `<cloud>.<service>.<thing>`, such as `aws.s3.bucket`. */
export type Kind = keyof ResourceConfigs;

/**
 * One cloud resource as it was read.
 *
 * In `config`, an optional field has three states: a value (read), `null` (read, and there is none) and
 * absent (could not be read). A check answers `unknown` when the field it judges by is absent.
 */
export type Resource<K extends Kind = Kind> = {
  [P in K]: {
    /** The provider's own full id: an ARN, an ARM id or a Google full resource name. */
    uid: string;
    kind: P;
    /** The provider's account id: 12 digits, a subscription id (or a tenant's, for a directory) or a project id. */
    account: string;
    /** The provider's region, location or zone name, or `global`. */
    region: string;
    name: string;
    tags: Record<string, string>;
    config: ResourceConfigs[P];
    /** Names of the `config` fields that could not be read. */
    unread: string[];
  };
}[K];

/** Why something could not be read. `denied`: fix permissions; `disabled`: the region is off for the account. */
export const gapCodes = ["denied", "throttled", "disabled", "expired", "unavailable", "malformed"] as const;
export type GapCode = (typeof gapCodes)[number];

/** Something a scan set out to read and could not. Nothing behind a gap is ever passed, failed or resolved. */
export type Gap = {
  /** The kind that was being read; `null` when the whole unit was out of reach. */
  kind: Kind | null;
  /** The one resource concerned, or `null` when the list itself is incomplete. */
  resourceUid: string | null;
  /** The provider's permission for the refused call, such as `s3:GetBucketPolicy`. */
  operation: string;
  code: GapCode;
  /** What the provider said, cut to 500 characters. */
  message: string;
};
