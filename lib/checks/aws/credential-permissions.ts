/** What an inventory of users' passwords, keys and MFA takes: the credential report, and IAM itself where that is old. */
export const credentialPermissions = [
  "iam:GenerateCredentialReport",
  "iam:GetCredentialReport",
  "iam:ListAccessKeys",
  "iam:GetAccessKeyLastUsed",
  "iam:GetLoginProfile",
  "iam:GetUser",
  "iam:ListMFADevices",
] as const;
