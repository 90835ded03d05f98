import { credentialPermissions } from "#lib/checks/aws/credential-permissions.ts";
import { dayOf, daysSince } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const unusedCredentials = defineCheck({
  id: "aws.iam.unused-credentials",
  title: "Credentials unused for 45 days are disabled",
  severity: "medium",
  resource: "aws.iam.user",
  dependsOnTime: true,
  permissions: [...credentialPermissions],
  risk: "A forgotten password or key is one that nobody misses when it is stolen. Each one that is off is one way in less.",
  remediation: {
    text: "Deactivate the key or delete the password; delete the user when the person or program is gone.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html",
    console: [
      "Open the user in the IAM console, Security credentials.",
      "Deactivate the access keys that are not in use.",
      "Manage console access, Disable, where the password is not in use.",
    ],
    cli: "aws iam update-access-key --user-name {name} --access-key-id ACCESS_KEY_ID --status Inactive; aws iam delete-login-profile --user-name {name}",
    terraform: `resource "aws_iam_access_key" "this" {
  user   = "{name}"
  status = "Inactive"
}`,
  },
  evaluate: ({ credentials, createdAt }, { asOf }) => {
    if (!credentials) return unknown("credentials");
    const { passwordEnabled, passwordLastUsedAt, passwordChangedAt, accessKeys } = credentials;
    const inUse = accessKeys.map((key, index) => ({
      what: `Access key ${key.n}`,
      on: key.active,
      usedAt: key.lastUsedAt,
      madeAt: key.createdAt,
      path: `/credentials/accessKeys/${index}`,
    }));
    inUse.unshift({
      what: "The password",
      on: passwordEnabled,
      usedAt: passwordLastUsedAt,
      madeAt: passwordChangedAt ?? createdAt,
      path: "/credentials/passwordLastUsedAt",
    });
    const judged = inUse
      .filter(({ on }) => on)
      .map((one) => ({ ...one, days: daysSince(one.usedAt ?? one.madeAt, asOf) }));
    const unused = judged.filter(({ days }) => days !== null && days >= 45);
    if (unused.length)
      return fail(
        unused
          .map(({ what, usedAt, madeAt }) =>
            usedAt
              ? `${what} was last used on ${dayOf(usedAt)}.`
              : `${what} was never used since ${dayOf(madeAt ?? "")}.`,
          )
          .join(" "),
        ...unused.map(({ path }) => path),
      );
    return judged.some(({ days }) => days === null) ? unknown("date of last use") : pass();
  },
});
