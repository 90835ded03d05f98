import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const noKeys = defineCheck({
  id: "gcp.apikeys.no-keys",
  title: "Project makes do without API keys",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: ["gcp.apikeys.key"],
  permissions: ["apikeys.keys.list"],
  risk: "An API key is a password without a name: it travels in web pages and URLs, and whoever copies it can use it at your cost. Keys that nobody needs any more are found by others first.",
  remediation: {
    text: "Let software call with a service account or federated identity, and delete the keys. Mute this for keys that an API (such as Maps in a browser) can't do without.",
    url: "https://docs.cloud.google.com/docs/authentication/api-keys-best-practices",
    console: [
      "Open APIs & Services, Credentials, API Keys.",
      "See under APIs & Services, Metrics, grouped by credential, which keys are still used.",
      "Delete those that aren't needed; a deleted key can be restored for 30 days.",
    ],
    cli: "gcloud services api-keys list --project={account}  # then: gcloud services api-keys delete KEY_ID --project={account}",
    terraform: `resource "google_service_account" "caller" {
  project    = "{account}"
  account_id = "api-caller" # in place of a google_apikeys_key
}`,
  },
  evaluate: (_project, { related }) => {
    const { items, complete } = related.of("gcp.apikeys.key");
    // One more that wasn't seen would change the words, but not the verdict.
    const names = listWords(items.map(({ name }) => name).sort());
    if (items.length > 0)
      return fail(
        `The project has ${items.length === 1 ? "an API key" : `${items.length} API keys`}: ${names}.`,
      );
    return complete ? pass() : unknown("API keys");
  },
});
