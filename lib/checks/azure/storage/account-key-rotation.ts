import { dayOf, daysSince } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const maxDays = 90;
const keys = ["key1", "key2"] as const;

export const accountKeyRotation = defineCheck({
  id: "azure.storage.account-key-rotation",
  title: "Storage account keys are newer than 90 days",
  severity: "medium",
  resource: "azure.storage.account",
  dependsOnTime: true,
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "A key opens everything in the account and is written down wherever something uses it. The older it is, the more places and former colleagues know it.",
  remediation: {
    text: "Regenerate the keys one after the other, moving clients to the other key in between; better, have clients use Entra identities and refuse keys.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage",
    console: [
      "Open the storage account {name} in the portal, then Security + networking, Access keys.",
      "Move clients to key2, then select Rotate key for key1.",
      "Move clients to key1, then select Rotate key for key2.",
    ],
    cli: "az storage account keys renew --subscription {account} --account-name {name} --key primary",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  # Keys are regenerated outside of Terraform; clients with managed identities need none.
  shared_access_key_enabled = false
}`,
  },
  evaluate: ({ keysCreatedAt, createdAt, sharedKeyAccess }, { asOf }) => {
    // Keys that nobody may use open nothing, however old they are.
    if (sharedKeyAccess === false) return pass();
    if (sharedKeyAccess === undefined || keysCreatedAt === undefined) return unknown("age of the keys");
    const problems = keys.map((key) => ({ key, problem: problemOf(keysCreatedAt[key], createdAt, asOf) }));
    const old = problems.filter(({ problem }) => problem);
    if (old.length > 0) {
      const reason = old.map(({ key, problem }) => `${key} ${problem}`).join(", ");
      return fail(`${reason}.`, ...old.map(({ key }) => `/keysCreatedAt/${key}`));
    }
    return problems.some(({ problem }) => problem === undefined) ? unknown("age of the keys") : pass();
  },
});

/** What is wrong with a key's age; `null` when nothing is, `undefined` when it can't be told. */
function problemOf(
  madeAt: string | null,
  accountMadeAt: string | null,
  asOf: Date,
): string | null | undefined {
  const days = daysSince(madeAt, asOf);
  if (madeAt !== null && days !== null) return days > maxDays ? `is from ${dayOf(madeAt)}` : null;
  const accountDays = daysSince(accountMadeAt, asOf);
  if (accountDays === null) return undefined;
  // Azure has dated every key that it made since 2021, so one without a date is older, unless the account is new.
  return accountDays > maxDays ? "is older than Azure's record of keys" : null;
}
