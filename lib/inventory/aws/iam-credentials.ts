import {
  type AccessKeyLastUsed,
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  paginateListAccessKeys,
  paginateListMFADevices,
} from "@aws-sdk/client-iam";
import { oneOf, required, timeOf } from "../answers.ts";
import type { AwsContext } from "./collector.ts";
import type { AccessKey, Credentials } from "./iam.kinds.ts";

/** What reading a user's credentials without the report takes. */
export const credentialPermissions = [
  "iam:ListAccessKeys",
  "iam:GetAccessKeyLastUsed",
  "iam:GetLoginProfile",
  "iam:GetUser",
  "iam:ListMFADevices",
] as const;

const noSuchEntity = ["NoSuchEntityException", "NoSuchEntity"];

/** A user's row in a credential report, and when the report was made. */
export type ReportedCredentials = { credentials: Credentials; generatedAt: Date };

/**
 * Reads one user's credentials from IAM itself, as they are now, in the words of the credential report: an unchanged user
 * comes out the same either way. A refused call is a gap on the user, and leaves the whole unread.
 *
 * @param reported What the report says of the user, if anything; it alone knows when a password was last changed.
 */
export async function readCredentials(
  context: AwsContext,
  user: { uid: string; name: string },
  reported: ReportedCredentials | undefined,
): Promise<Credentials | undefined> {
  const [password, mfaActive, accessKeys] = await Promise.all([
    readPassword(context, user, reported),
    readMfaActive(context, user),
    readAccessKeys(context, user),
  ]);
  if (password === undefined || mfaActive === undefined || accessKeys === undefined) return undefined;
  return { ...password, mfaActive, accessKeys: numberKeys(accessKeys) };
}

type User = { uid: string; name: string };
type Password = Pick<Credentials, "passwordEnabled" | "passwordLastUsedAt" | "passwordChangedAt">;

async function readPassword(
  { clients, signal, read }: AwsContext,
  { uid, name: UserName }: User,
  reported: ReportedCredentials | undefined,
): Promise<Password | undefined> {
  const createdAt = await read(
    uid,
    "iam:GetLoginProfile",
    async () => {
      const answer = await clients.iam.send(new GetLoginProfileCommand({ UserName }), {
        abortSignal: signal,
      });
      return required(answer.LoginProfile?.CreateDate, "LoginProfile.CreateDate");
    },
    { absent: noSuchEntity },
  );
  if (createdAt === undefined) return undefined;
  if (createdAt === null)
    return { passwordEnabled: false, passwordLastUsedAt: null, passwordChangedAt: null };
  const used = await read(
    uid,
    "iam:GetUser",
    async () => {
      const answer = await clients.iam.send(new GetUserCommand({ UserName }), { abortSignal: signal });
      return { at: secondOf(required(answer.User, "User").PasswordLastUsed) };
    },
    { gone: noSuchEntity },
  );
  if (!used) return undefined;
  return {
    passwordEnabled: true,
    passwordLastUsedAt: used.at,
    passwordChangedAt: changedAt(createdAt, reported),
  };
}

/** A login profile tells when it was made, not when its password was changed since. */
function changedAt(createdAt: Date, reported: ReportedCredentials | undefined): string | null {
  const isNewer = reported !== undefined && createdAt > reported.generatedAt;
  return (isNewer ? null : reported?.credentials.passwordChangedAt) ?? secondOf(createdAt);
}

async function readMfaActive(
  { clients, signal, read }: AwsContext,
  { uid, name: UserName }: User,
): Promise<boolean | undefined> {
  const active = await read(
    uid,
    "iam:ListMFADevices",
    async () => {
      const pages = paginateListMFADevices({ client: clients.iam }, { UserName }, { abortSignal: signal });
      for await (const page of pages) if (required(page.MFADevices, "MFADevices").length > 0) return true;
      return false;
    },
    { gone: noSuchEntity },
  );
  return active ?? undefined;
}

async function readAccessKeys(
  context: AwsContext,
  { uid, name: UserName }: User,
): Promise<UnnumberedKey[] | undefined> {
  const { clients, signal, read } = context;
  const listed = await read(
    uid,
    "iam:ListAccessKeys",
    async () => {
      const pages = paginateListAccessKeys({ client: clients.iam }, { UserName }, { abortSignal: signal });
      const keys: AccessKeyMetadata[] = [];
      for await (const page of pages) keys.push(...required(page.AccessKeyMetadata, "AccessKeyMetadata"));
      return keys;
    },
    { gone: noSuchEntity },
  );
  if (!listed) return undefined;
  const keys = await Promise.all(listed.map((key) => readAccessKey(context, uid, key)));
  if (keys.includes(undefined)) return undefined;
  return keys.filter((key) => key !== undefined && key !== null);
}

/** One key with its last use; `null` when it was deleted since it was listed. */
function readAccessKey({ clients, signal, read }: AwsContext, uid: string, key: AccessKeyMetadata) {
  return read(
    uid,
    "iam:GetAccessKeyLastUsed",
    async (): Promise<UnnumberedKey> => {
      const AccessKeyId = required(key.AccessKeyId, "AccessKeyId");
      const answer = await clients.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }), {
        abortSignal: signal,
      });
      return {
        active: oneOf(key.Status, ["Active", "Inactive", "Expired"], "Status") === "Active",
        createdAt: secondOf(required(key.CreateDate, "CreateDate")),
        ...lastUseOf(required(answer.AccessKeyLastUsed, "AccessKeyLastUsed")),
      };
    },
    { absent: noSuchEntity },
  );
}

/** AWS says "N/A" for region and service of a key that was never used, and leaves the date out. */
const lastUseOf = (used: Partial<AccessKeyLastUsed>) => ({
  lastUsedAt: secondOf(used.LastUsedDate),
  lastUsedRegion: wordOf(used.Region ?? ""),
  lastUsedService: wordOf(used.ServiceName ?? ""),
});

/** `null` for the words by which IAM says that there is nothing to say. */
export function wordOf(value: string): string | null {
  return /^(N\/A|no_information|not_supported|)$/i.test(value) ? null : value;
}

/** A time as the report has it, which knows no fractions of seconds. */
export function secondOf(time: Date | undefined): string | null {
  return timeOf(time && new Date(Math.floor(time.getTime() / 1000) * 1000));
}

type UnnumberedKey = Omit<AccessKey, "n">;

/** Numbers keys by age: the slots that the report has them in are known to the report alone. */
export function numberKeys(keys: readonly UnnumberedKey[]): AccessKey[] {
  // Two keys made in one second must not swap places between scans, so all that is known of them decides.
  const rank = (key: UnnumberedKey) =>
    JSON.stringify([
      key.createdAt ?? "never",
      key.lastUsedAt,
      key.active,
      key.lastUsedService,
      key.lastUsedRegion,
    ]);
  return keys
    .map((key) => ({ key, rank: rank(key) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ key }, index) => ({ n: index + 1, ...key }));
}
