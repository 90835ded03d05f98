import { credentialPermissions } from "#lib/checks/aws/credential-permissions.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const userMfa = defineCheck({
  id: "aws.iam.user-mfa",
  title: "User with a password signs in with MFA",
  severity: "high",
  resource: "aws.iam.user",
  permissions: [...credentialPermissions],
  risk: "A password that was phished, guessed or used elsewhere is then enough to sign in to the console. A second factor stops nearly all of that.",
  remediation: {
    text: "Have the user register an MFA device, or take away the password where people sign in by federation.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html",
    console: [
      "Open the user in the IAM console.",
      "Security credentials, Multi-factor authentication (MFA), Assign MFA device.",
      "Follow the steps with the user.",
    ],
    cli: "aws iam enable-mfa-device --user-name {name} --serial-number arn:aws:iam::{account}:mfa/{name} --authentication-code1 CODE1 --authentication-code2 CODE2",
    terraform: `resource "aws_iam_virtual_mfa_device" "this" {
  virtual_mfa_device_name = "{name}"
}`,
  },
  evaluate: ({ credentials }) => {
    if (!credentials) return unknown("credentials");
    return credentials.passwordEnabled && !credentials.mfaActive
      ? fail("The user has a console password and no MFA device.", "/credentials/mfaActive")
      : pass();
  },
});
