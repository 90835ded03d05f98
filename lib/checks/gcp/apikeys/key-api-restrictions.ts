import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

/** Stands for every API of Google Cloud. */
const everyApi = "cloudapis.googleapis.com";

export const keyApiRestrictions = defineCheck({
  id: "gcp.apikeys.key-api-restrictions",
  title: "API key works only for chosen APIs",
  severity: "medium",
  resource: "gcp.apikeys.key",
  permissions: ["apikeys.keys.list"],
  risk: "A key without this limit opens every API that the project enables, today or later, among them costly ones. One meant for maps then pays for somebody else's language model.",
  remediation: {
    text: "Restrict the key to the APIs that its software calls.",
    url: "https://docs.cloud.google.com/docs/authentication/api-keys#adding-api-restrictions",
    console: [
      "Open APIs & Services, Credentials, and the key.",
      "Under API restrictions choose Restrict key, and select the APIs that it is used for.",
      "Save.",
    ],
    cli: "gcloud services api-keys update {id} --api-target=service=translate.googleapis.com --project={account}",
    terraform: `resource "google_apikeys_key" "this" {
  name         = "{id}"
  display_name = "{name}"
  project      = "{account}"
  restrictions {
    api_targets { service = "translate.googleapis.com" }
  }
}`,
  },
  evaluate: ({ apiTargets }) => {
    if (!apiTargets) return unknown("API restrictions");
    const all = apiTargets.findIndex(({ service }) => service === everyApi);
    if (all >= 0) return fail(`The key is for ${everyApi}, which is every API.`, `/apiTargets/${all}`);
    return apiTargets.length === 0 ? fail("The key is not limited to any APIs.", "/apiTargets") : pass();
  },
});
