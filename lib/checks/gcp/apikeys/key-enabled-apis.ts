import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const keyEnabledApis = defineCheck({
  id: "gcp.apikeys.key-enabled-apis",
  title: "API key names only APIs that the project uses",
  severity: "low",
  resource: "gcp.apikeys.key",
  context: ["gcp.serviceusage.project"],
  permissions: ["apikeys.keys.list", "serviceusage.services.list"],
  risk: "A key for an API that was turned off is left over from something that has ended. It comes back to life when anyone enables the API for another purpose.",
  remediation: {
    text: "Delete the key if nothing needs it any more, or take the APIs that aren't enabled out of its restrictions.",
    url: "https://docs.cloud.google.com/docs/authentication/api-keys",
    console: [
      "Open APIs & Services, Credentials, and the key.",
      "Under API restrictions, take out what the project doesn't use, Save.",
      "If nothing is left, delete the key.",
    ],
    cli: "gcloud services api-keys delete {id} --project={account}",
    terraform: `resource "google_apikeys_key" "this" {
  name         = "{id}"
  display_name = "{name}"
  project      = "{account}"
  restrictions {
    api_targets { service = "translate.googleapis.com" } # what is used
  }
}`,
  },
  evaluate: ({ apiTargets }, { related }) => {
    if (!apiTargets) return unknown("API restrictions");
    if (apiTargets.length === 0) return pass();
    const enabled = related.of("gcp.serviceusage.project").items[0]?.config.enabledServices;
    if (!enabled) return unknown("enabled APIs");
    const off = apiTargets.flatMap(({ service }, at) =>
      enabled.includes(service) ? [] : [{ service, path: `/apiTargets/${at}` }],
    );
    if (off.length === 0) return pass();
    const services = listWords([...new Set(off.map(({ service }) => service))]);
    return fail(`The key is for ${services}, not enabled in the project.`, ...off.map(({ path }) => path));
  },
});
