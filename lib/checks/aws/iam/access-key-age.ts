import { credentialPermissions } from "#lib/checks/aws/credential-permissions.ts";
import { isKeyTooOld } from "#lib/checks/aws/key-age.ts";
import { dayOf } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accessKeyAge = defineCheck({
  id: "aws.iam.access-key-age",
  title: "Active access keys are at most 90 days old",
  severity: "medium",
  resource: "aws.iam.user",
  dependsOnTime: true,
  permissions: [...credentialPermissions],
  risk: "The older a key, the more places it has been copied to, and the longer a leaked one has worked unnoticed. Changing it regularly ends both.",
  remediation: {
    text: "Make a second key, move the software over, then deactivate and delete the old one. Better still, use a role.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html",
    console: [
      "Open the user in the IAM console, Security credentials, Access keys.",
      "Create access key, and put it in the old one's place.",
      "Deactivate the old key, see that nothing breaks, then Delete.",
    ],
    cli: "aws iam create-access-key --user-name {name}  # then: aws iam update-access-key --user-name {name} --access-key-id OLD --status Inactive",
    terraform: `resource "aws_iam_access_key" "this" {
  user = "{name}"
  lifecycle { create_before_destroy = true }
}`,
  },
  evaluate: ({ credentials }, { asOf }) => {
    if (!credentials) return unknown("credentials");
    const ages = credentials.accessKeys.map(({ n, active, createdAt }, index) => ({
      n,
      active,
      createdAt,
      isOld: isKeyTooOld(createdAt, asOf),
      path: `/credentials/accessKeys/${index}`,
    }));
    const old = ages.filter(({ active, isOld }) => active && isOld);
    if (old.length)
      return fail(
        old
          .map(
            ({ n, createdAt }) => `Access key ${n} dates from ${dayOf(createdAt ?? "")}, over 90 days ago.`,
          )
          .join(" "),
        ...old.map(({ path }) => path),
      );
    return ages.some(({ active, isOld }) => active && isOld === null)
      ? unknown("age of an access key")
      : pass();
  },
});
