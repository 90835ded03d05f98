import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const assetInventory = defineCheck({
  id: "gcp.serviceusage.asset-inventory",
  title: "Cloud Asset Inventory is on for the project",
  severity: "low",
  resource: "gcp.serviceusage.project",
  permissions: ["serviceusage.services.list"],
  risk: "Without its API, nobody can ask what existed and who had access at a given hour of the last 35 days. In an incident that is the first question.",
  remediation: {
    text: "Enable the Cloud Asset API in the project; it costs nothing.",
    url: "https://docs.cloud.google.com/asset-inventory/docs/asset-inventory-overview",
    console: ["Open APIs & Services, Library.", "Search for Cloud Asset API.", "Enable."],
    cli: "gcloud services enable cloudasset.googleapis.com --project={account}",
    terraform: `resource "google_project_service" "cloudasset" {
  project = "{account}"
  service = "cloudasset.googleapis.com"
}`,
  },
  evaluate: ({ enabledServices }) => {
    if (!enabledServices) return unknown("enabled APIs");
    return enabledServices.includes("cloudasset.googleapis.com")
      ? pass()
      : fail("The API cloudasset.googleapis.com is not enabled.", "/enabledServices");
  },
});
