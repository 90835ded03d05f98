import type {
  AccessKeyLastUsed,
  AccessKeyMetadata,
  Group,
  InstanceProfile,
  MFADevice,
  PasswordPolicy,
  Policy,
  PolicyVersion,
  Role,
  SAMLProviderListEntry,
  ServerCertificateMetadata,
  Tag,
  User,
} from "@aws-sdk/client-iam";
import { AwsError, type Call } from "../../model.ts";
import { takePage } from "../paging.ts";
import { accountState, findAccount } from "../state.ts";
import { awsManagedPolicies } from "./aws-managed-policies.ts";

export type KeyState = {
  metadata: AccessKeyMetadata & { AccessKeyId: string };
  /** `null`: never used. */
  lastUsed: AccessKeyLastUsed | null;
  /** Known for keys that can sign. */
  secretAccessKey?: string;
};

/** What a user, role or group may do: ARNs of managed policies, and inline policies (JSON) by name. */
export type Permissions = { attached: Set<string>; inline: Map<string, string> };

export type UserState = Permissions & {
  user: User;
  /** The console password; `null`: none. */
  password: { createdAt: Date; changedAt: Date; lastUsedAt: Date | null; resetRequired: boolean } | null;
  accessKeys: KeyState[];
  mfaDevices: MFADevice[];
  groups: Set<string>;
};
/** `role.AssumeRolePolicyDocument` is plain JSON here; answers carry it URL-encoded. */
export type RoleState = Permissions & { role: Role };
export type GroupState = Permissions & { group: Group };
export type PolicyState = {
  policy: Policy & { Arn: string; PolicyName: string };
  /** Documents in plain JSON. */
  versions: PolicyVersion[];
};
export type ProfileState = { profile: Omit<InstanceProfile, "Roles">; roleName: string | null };

export type RootState = {
  createdAt: Date;
  /** `null`: the root user has none, as in accounts whose root access is managed centrally. */
  password: { lastUsedAt: Date | null } | null;
  mfa: "none" | "virtual" | "hardware";
  accessKeys: Omit<KeyState, "secretAccessKey">[];
};

export type IamState = {
  users: Map<string, UserState>;
  roles: Map<string, RoleState>;
  groups: Map<string, GroupState>;
  /** By ARN, AWS's own included. */
  policies: Map<string, PolicyState>;
  instanceProfiles: Map<string, ProfileState>;
  serverCertificates: Map<string, ServerCertificateMetadata>;
  samlProviders: (SAMLProviderListEntry & { Arn: string })[];
  passwordPolicy: PasswordPolicy | null;
  aliases: string[];
  root: RootState;
  report: { content: string; generatedAt: Date } | null;
};

export const iamState = accountState<IamState>("iam", () => ({
  users: new Map(),
  roles: new Map(),
  groups: new Map(),
  policies: new Map(awsManagedPolicies().map((state) => [state.policy.Arn, state])),
  instanceProfiles: new Map(),
  serverCertificates: new Map(),
  samlProviders: [],
  passwordPolicy: null,
  aliases: [],
  root: {
    createdAt: new Date("2016-04-11T09:30:00Z"),
    password: { lastUsedAt: null },
    mfa: "none",
    accessKeys: [],
  },
  report: null,
}));

export function iam(call: Call): IamState {
  return iamState(findAccount(call));
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}

function findIn<T>(map: Map<string, T>, name: string | undefined, noun: string): T {
  const found = map.get(name ?? "");
  if (!found) throw noSuchEntity(`The ${noun} with name ${name} cannot be found.`);
  return found;
}

export const findUser = (state: IamState, name?: string) => findIn(state.users, name, "user");
export const findRole = (state: IamState, name?: string) => findIn(state.roles, name, "role");
export const findGroup = (state: IamState, name?: string) => findIn(state.groups, name, "group");

export function findPolicy(state: IamState, arn: string | undefined): PolicyState {
  const found = state.policies.get(arn ?? "");
  if (!found) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return found;
}

type PageInput = { Marker?: string; MaxItems?: number };

/** A page in IAM's own terms. */
export function pageOf<T>(items: Iterable<T>, input: PageInput, key: (item: T) => string | undefined) {
  const page = takePage([...items], {
    token: input.Marker,
    max: input.MaxItems,
    key: (item) => key(item) ?? "",
    badToken: "InvalidInput",
  });
  return { items: page.items, IsTruncated: page.next !== undefined, Marker: page.next };
}

/** Adds tags to a list, replacing those with the same key. */
export function mergeTags(present: Tag[] | undefined, given: Tag[] | undefined): Tag[] {
  const kept = (present ?? []).filter((tag) => !given?.some((one) => one.Key === tag.Key));
  return [...kept, ...(given ?? [])];
}
