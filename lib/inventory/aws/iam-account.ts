import {
  type PasswordPolicy as AwsPasswordPolicy,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListAccountAliasesCommand,
} from "@aws-sdk/client-iam";
import { MalformedAnswer, readAndUnread, required } from "../answers.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { PasswordPolicy } from "./iam.kinds.ts";
import { credentialReportPermissions, readCredentialReport } from "./iam-credential-report.ts";

/** Reads what belongs to the account itself: its alias, its password policy, and what there is to know of root. */
export const awsAccount: AwsCollector<"aws.account"> = {
  kind: "aws.account",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: [
    "iam:ListAccountAliases",
    "iam:GetAccountPasswordPolicy",
    "iam:GetAccountSummary",
    ...credentialReportPermissions,
  ],
  async *collect(context) {
    const { account, partition } = context;
    const uid = `arn:${partition}:iam::${account}:root`;
    const [alias, passwordPolicy, summary, rootCredentials] = await Promise.all([
      readAlias(context, uid),
      readPasswordPolicy(context, uid),
      readSummary(context, uid),
      readRootCredentials(context, uid),
    ]);
    const facets = readAndUnread({
      alias,
      passwordPolicy,
      summary: summary ?? undefined,
      rootCredentials: rootCredentials ?? undefined,
    });
    const where = { account, region: "global", name: alias ?? account };
    yield { uid, kind: "aws.account", ...where, tags: {}, config: facets.read, unread: facets.unread };
  },
};

function readAlias({ clients, signal, read }: AwsContext, uid: string) {
  return read(uid, "iam:ListAccountAliases", async () => {
    const answer = await clients.iam.send(new ListAccountAliasesCommand({}), { abortSignal: signal });
    return required(answer.AccountAliases, "AccountAliases")[0] ?? null;
  });
}

function readPasswordPolicy({ clients, signal, read }: AwsContext, uid: string) {
  return read(
    uid,
    "iam:GetAccountPasswordPolicy",
    async () => {
      const answer = await clients.iam.send(new GetAccountPasswordPolicyCommand({}), { abortSignal: signal });
      return passwordPolicyOf(required(answer.PasswordPolicy, "PasswordPolicy"));
    },
    { absent: ["NoSuchEntityException", "NoSuchEntity"] },
  );
}

const passwordPolicyOf = (policy: AwsPasswordPolicy): PasswordPolicy => ({
  minimumLength: required(policy.MinimumPasswordLength, "MinimumPasswordLength"),
  // Zero and a missing element both stand for "not set".
  reusePrevention: policy.PasswordReusePrevention || null,
  maxAgeDays: policy.MaxPasswordAge || null,
  requireUppercase: required(policy.RequireUppercaseCharacters, "RequireUppercaseCharacters"),
  requireLowercase: required(policy.RequireLowercaseCharacters, "RequireLowercaseCharacters"),
  requireNumbers: required(policy.RequireNumbers, "RequireNumbers"),
  requireSymbols: required(policy.RequireSymbols, "RequireSymbols"),
  allowUsersToChange: required(policy.AllowUsersToChangePassword, "AllowUsersToChangePassword"),
  hardExpiry: policy.HardExpiry ?? false,
});

function readSummary({ clients, signal, read }: AwsContext, uid: string) {
  return read(uid, "iam:GetAccountSummary", async () => {
    const answer = await clients.iam.send(new GetAccountSummaryCommand({}), { abortSignal: signal });
    const map: Partial<Record<string, number>> = required(answer.SummaryMap, "SummaryMap");
    const {
      AccountMFAEnabled,
      AccountAccessKeysPresent,
      AccountSigningCertificatesPresent,
      AccountPasswordPresent,
    } = map;
    return {
      rootMfaEnabled: required(AccountMFAEnabled, "AccountMFAEnabled") > 0,
      rootAccessKeysPresent: required(AccountAccessKeysPresent, "AccountAccessKeysPresent") > 0,
      rootSigningCertificatesPresent:
        required(AccountSigningCertificatesPresent, "AccountSigningCertificatesPresent") > 0,
      rootPasswordPresent: AccountPasswordPresent === undefined ? null : AccountPasswordPresent > 0,
    };
  });
}

async function readRootCredentials(context: AwsContext, uid: string) {
  const report = await readCredentialReport(context);
  if (!report) return undefined;
  return context.read(uid, "iam:GetCredentialReport", async () => {
    if (!report.root) throw new MalformedAnswer("The credential report has no row for root.");
    return report.root;
  });
}
