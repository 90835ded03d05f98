import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const serviceAccountUserKeys = defineCheck({
  id: "gcp.iam.service-account-user-keys",
  title: "Service account has no keys outside of Google",
  severity: "medium",
  resource: "gcp.iam.service-account",
  permissions: ["iam.serviceAccounts.list", "iam.serviceAccountKeys.list"],
  risk: "Such a key is a file that works from anywhere, for years, for whoever has a copy; they turn up in repositories and on laptops. Google can't tell a thief from the software it was made for.",
  remediation: {
    text: "Let software that runs on Google Cloud use the account it is attached to, and software elsewhere Workload Identity Federation; then delete the keys.",
    url: "https://docs.cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys",
    console: [
      "Open the service account under IAM & Admin, Service accounts, Keys.",
      "Find out where each key is in use, and attach a service account or a federated identity there instead.",
      "Disable the key, see that nothing breaks, then delete it.",
    ],
    cli: "gcloud iam service-accounts keys delete KEY_ID --iam-account={name} --project={account}",
    terraform: `resource "google_service_account_iam_member" "federated" {
  service_account_id = "projects/{account}/serviceAccounts/{name}"
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/*"
}`,
  },
  evaluate: ({ keys }) => {
    if (!keys) return unknown("keys");
    if (keys.length === 0) return pass();
    const named = keys.map(({ id, disabled }) => `${id.slice(0, 8)}${disabled ? " (disabled)" : ""}`);
    const what = keys.length === 1 ? "a key that users manage" : `${keys.length} keys that users manage`;
    return fail(`The account has ${what}: ${listWords(named)}.`, ...keys.map((_, index) => `/keys/${index}`));
  },
});
