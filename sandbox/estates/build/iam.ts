import type { Role, User } from "@aws-sdk/client-iam";
import { awsManagedArn } from "#sandbox/aws/handlers/iam/aws-managed-policies.ts";
import { type GroupState, iamState, type KeyState } from "#sandbox/aws/handlers/iam/state.ts";
import { daysAgo, type Site, type Tags, toTags } from "./site.ts";

/** A policy of AWS's by its name, of the account's by its ARN. */
export type PolicyRef = string;

const toArn = (policy: PolicyRef) => (policy.startsWith("arn:") ? policy : awsManagedArn(policy));

export type KeySpec = {
  ageDays: number;
  /** `null`: never used. */
  usedDaysAgo: number | null;
  service?: string;
  isActive?: boolean;
  /** A well-known key that signs; a made-up id that doesn't when left out. */
  pair?: { accessKeyId: string; secretAccessKey: string };
};

export type UserSpec = {
  name: string;
  path?: string;
  ageDays: number;
  password?: { changedDaysAgo: number; usedDaysAgo: number | null };
  mfa?: "virtual" | "hardware" | "none";
  keys?: KeySpec[];
  groups?: string[];
  attached?: PolicyRef[];
  inline?: Record<string, object[]>;
  tags?: Tags;
};

export function addUser(site: Site, spec: UserSpec): string {
  const { name, path = "/", password } = spec;
  const Arn = `arn:aws:iam::${site.account.id}:user${path}${name}`;
  const CreateDate = daysAgo(site, spec.ageDays);
  const usedDaysAgo = password?.usedDaysAgo;
  const PasswordLastUsed = typeof usedDaysAgo === "number" ? daysAgo(site, usedDaysAgo) : undefined;
  const user: User = {
    Path: path,
    UserName: name,
    UserId: makeIamId(site, "AIDA"),
    Arn,
    CreateDate,
    Tags: toTags(spec.tags ?? {}),
    ...(PasswordLastUsed ? { PasswordLastUsed } : {}),
  };
  iamState(site.account).users.set(name, {
    user,
    password: password
      ? {
          createdAt: CreateDate,
          changedAt: daysAgo(site, password.changedDaysAgo),
          lastUsedAt: PasswordLastUsed ?? null,
          resetRequired: false,
        }
      : null,
    accessKeys: (spec.keys ?? []).map((key) => makeKey(site, name, key)),
    mfaDevices: makeDevices(site, name, spec),
    attached: new Set((spec.attached ?? []).map(toArn)),
    inline: toInline(spec.inline),
    groups: new Set(spec.groups),
  });
  return Arn;
}

function makeDevices(site: Site, UserName: string, spec: UserSpec) {
  const mfa = spec.mfa ?? (spec.password ? "virtual" : "none");
  if (mfa === "none") return [];
  const serials = {
    virtual: `arn:aws:iam::${site.account.id}:mfa/${UserName}`,
    hardware: `GAHT${site.random.hex(8).toUpperCase()}`,
  };
  return [{ UserName, SerialNumber: serials[mfa], EnableDate: daysAgo(site, spec.ageDays - 1) }];
}

export function makeKey(site: Site, UserName: string, spec: KeySpec): KeyState {
  const { usedDaysAgo, service = "s3", isActive = true, pair } = spec;
  return {
    metadata: {
      UserName,
      AccessKeyId: pair?.accessKeyId ?? makeIamId(site, "AKIA"),
      Status: isActive ? "Active" : "Inactive",
      CreateDate: daysAgo(site, spec.ageDays),
    },
    lastUsed:
      usedDaysAgo === null
        ? null
        : { LastUsedDate: daysAgo(site, usedDaysAgo), ServiceName: service, Region: site.region },
    ...(pair ? { secretAccessKey: pair.secretAccessKey } : {}),
  };
}

export type RoleSpec = {
  name: string;
  path?: string;
  description?: string;
  ageDays?: number;
  /** Statements of the trust policy; a service's name for that service alone. */
  trust: string | object[];
  attached?: PolicyRef[];
  inline?: Record<string, object[]>;
  /** With an instance profile of the same name. */
  hasProfile?: boolean;
  tags?: Tags;
};

/** Adds a role, and answers with the ARN of its instance profile, had it one. */
export function addRole(site: Site, spec: RoleSpec): { arn: string; profileArn: string } {
  const { name, path = "/", trust } = spec;
  const state = iamState(site.account);
  const arn = `arn:aws:iam::${site.account.id}:role${path}${name}`;
  const profileArn = `arn:aws:iam::${site.account.id}:instance-profile${path}${name}`;
  const CreateDate = daysAgo(site, spec.ageDays ?? 300);
  const role: Role = {
    Path: path,
    RoleName: name,
    RoleId: makeIamId(site, "AROA"),
    Arn: arn,
    CreateDate,
    AssumeRolePolicyDocument: toDocument(typeof trust === "string" ? [trustService(trust)] : trust),
    Description: spec.description ?? "",
    MaxSessionDuration: 3600,
    Tags: toTags(spec.tags ?? {}),
  };
  state.roles.set(name, {
    role,
    attached: new Set((spec.attached ?? []).map(toArn)),
    inline: toInline(spec.inline),
  });
  if (spec.hasProfile) {
    state.instanceProfiles.set(name, {
      roleName: name,
      profile: {
        Path: path,
        InstanceProfileName: name,
        InstanceProfileId: makeIamId(site, "AIPA"),
        Arn: profileArn,
        CreateDate,
      },
    });
  }
  return { arn, profileArn };
}

export function trustService(service: string): object {
  return { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
}

export type GroupSpec = { name: string; attached?: PolicyRef[]; inline?: Record<string, object[]> };

export function addGroup(site: Site, { name, attached, inline }: GroupSpec): void {
  const group: GroupState = {
    group: {
      Path: "/",
      GroupName: name,
      GroupId: makeIamId(site, "AGPA"),
      Arn: `arn:aws:iam::${site.account.id}:group/${name}`,
      CreateDate: daysAgo(site, 1200),
    },
    attached: new Set((attached ?? []).map(toArn)),
    inline: toInline(inline),
  };
  iamState(site.account).groups.set(name, group);
}

export type PolicySpec = {
  name: string;
  description: string;
  statements: object[];
  ageDays?: number;
  tags?: Tags;
};

export function addPolicy(site: Site, spec: PolicySpec): string {
  const Arn = `arn:aws:iam::${site.account.id}:policy/${spec.name}`;
  const CreateDate = daysAgo(site, spec.ageDays ?? 300);
  iamState(site.account).policies.set(Arn, {
    policy: {
      PolicyName: spec.name,
      PolicyId: makeIamId(site, "ANPA"),
      Arn,
      Path: "/",
      DefaultVersionId: "v1",
      IsAttachable: true,
      Description: spec.description,
      CreateDate,
      UpdateDate: CreateDate,
      Tags: toTags(spec.tags ?? {}),
    },
    versions: [
      { VersionId: "v1", IsDefaultVersion: true, CreateDate, Document: toDocument(spec.statements) },
    ],
  });
  return Arn;
}

/** @param expiresInDays Negative for a certificate that has expired. */
export function addServerCertificate(site: Site, name: string, expiresInDays: number): void {
  iamState(site.account).serverCertificates.set(name, {
    Path: "/",
    ServerCertificateName: name,
    ServerCertificateId: makeIamId(site, "ASCA"),
    Arn: `arn:aws:iam::${site.account.id}:server-certificate/${name}`,
    UploadDate: daysAgo(site, 365 - expiresInDays),
    Expiration: daysAgo(site, -expiresInDays),
  });
}

/** An id in IAM's form: a prefix that names the sort, then capitals and digits. */
function makeIamId(site: Site, prefix: string): string {
  return prefix + site.random.hex(prefix === "AKIA" ? 16 : 17).toUpperCase();
}

function toDocument(Statement: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function toInline(inline: Record<string, object[]> | undefined): Map<string, string> {
  return new Map(Object.entries(inline ?? {}).map(([name, statements]) => [name, toDocument(statements)]));
}
