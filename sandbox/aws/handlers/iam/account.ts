import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { Operations } from "../operations.ts";
import { isAwsManaged } from "./policies.ts";
import { iam, noSuchEntity, pageOf } from "./state.ts";

/** What IAM holds for the account as a whole. */
export const accountHandlers = {
  GetAccountSummary: (_input, call) => {
    const { users, groups, roles, policies, root, serverCertificates, instanceProfiles, samlProviders } =
      iam(call);
    const ofUsers = [...users.values()];
    const mfaDevices = ofUsers.reduce((sum, { mfaDevices }) => sum + mfaDevices.length, 0);
    return {
      SummaryMap: {
        Users: users.size,
        UsersQuota: 5000,
        Groups: groups.size,
        GroupsQuota: 300,
        Roles: roles.size,
        RolesQuota: 1000,
        InstanceProfiles: instanceProfiles.size,
        ServerCertificates: serverCertificates.size,
        ServerCertificatesQuota: 20,
        Providers: samlProviders.length,
        Policies: [...policies.values()].filter((one) => !isAwsManaged(one)).length,
        PoliciesQuota: 1500,
        MFADevices: mfaDevices + (root.mfa === "none" ? 0 : 1),
        MFADevicesInUse: mfaDevices + (root.mfa === "none" ? 0 : 1),
        AccessKeysPerUserQuota: 2,
        AccountMFAEnabled: root.mfa === "none" ? 0 : 1,
        AccountAccessKeysPresent: root.accessKeys.some((key) => key.metadata.Status === "Active") ? 1 : 0,
        AccountSigningCertificatesPresent: 0,
        AccountPasswordPresent: root.password ? 1 : 0,
        GlobalEndpointTokenVersion: 1,
      },
    };
  },
  ListAccountAliases: (input, call) => {
    const { items, ...rest } = pageOf(iam(call).aliases, input, (alias) => alias);
    return { AccountAliases: items, ...rest };
  },

  GetAccountPasswordPolicy: (_input, call) => {
    const { passwordPolicy } = iam(call);
    if (!passwordPolicy) throw noPasswordPolicy(call.account);
    return { PasswordPolicy: passwordPolicy };
  },
  // What a request leaves out goes back to AWS's default: the policy is replaced, not amended.
  UpdateAccountPasswordPolicy: (input, call) => {
    iam(call).passwordPolicy = makePasswordPolicy(input);
    return {};
  },
  DeleteAccountPasswordPolicy: (_input, call) => {
    const state = iam(call);
    if (!state.passwordPolicy) throw noPasswordPolicy(call.account);
    state.passwordPolicy = null;
    return {};
  },

  ListServerCertificates: (input, call) => {
    const { items, ...rest } = pageOf(
      iam(call).serverCertificates.values(),
      input,
      (one) => one.ServerCertificateName,
    );
    return { ServerCertificateMetadataList: items, ...rest };
  },
  DeleteServerCertificate: (input, call) => {
    if (!iam(call).serverCertificates.delete(input.ServerCertificateName ?? "")) {
      throw noSuchEntity(`The Server Certificate with name ${input.ServerCertificateName} cannot be found.`);
    }
    return {};
  },
  ListServerCertificateTags: (input, call) => {
    if (!iam(call).serverCertificates.has(input.ServerCertificateName ?? "")) {
      throw noSuchEntity(`The Server Certificate with name ${input.ServerCertificateName} cannot be found.`);
    }
    return { Tags: [], IsTruncated: false };
  },
  ListSAMLProviders: (_input, call) => ({ SAMLProviderList: iam(call).samlProviders }),
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

export function makePasswordPolicy(input: Omit<PasswordPolicy, "ExpirePasswords">): PasswordPolicy {
  return {
    MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
    RequireSymbols: input.RequireSymbols ?? false,
    RequireNumbers: input.RequireNumbers ?? false,
    RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
    RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
    AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
    ExpirePasswords: input.MaxPasswordAge !== undefined && input.MaxPasswordAge > 0,
    ...(input.MaxPasswordAge ? { MaxPasswordAge: input.MaxPasswordAge } : {}),
    ...(input.PasswordReusePrevention ? { PasswordReusePrevention: input.PasswordReusePrevention } : {}),
    HardExpiry: input.HardExpiry ?? false,
  };
}

function noPasswordPolicy(account: string) {
  return noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`);
}
