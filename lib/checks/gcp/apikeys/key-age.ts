import { dayOf, daysSince } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const maxDays = 90;

export const keyAge = defineCheck({
  id: "gcp.apikeys.key-age",
  title: "API key is at most 90 days old",
  severity: "medium",
  resource: "gcp.apikeys.key",
  dependsOnTime: true,
  permissions: ["apikeys.keys.list"],
  risk: "A key that has leaked works until it is deleted, and nothing tells the thief's calls from yours. Changing it regularly ends what nobody noticed.",
  remediation: {
    text: "Make a new key with the same restrictions, move the software over, and delete the old one.",
    url: "https://docs.cloud.google.com/docs/authentication/api-keys",
    console: [
      "Open APIs & Services, Credentials, and the key.",
      "Rotate key (or Create credentials, API key), and put the new one in the old one's place.",
      "See that the old key is no longer used, then delete it.",
    ],
    cli: "gcloud services api-keys create --display-name={name} --project={account}  # then: gcloud services api-keys delete {id} --project={account}",
    terraform: `resource "google_apikeys_key" "this" {
  name         = "maps-2026-03" # a new name makes a new key
  display_name = "{name}"
  project      = "{account}"
}`,
  },
  evaluate: ({ createdAt }, { asOf }) => {
    const days = daysSince(createdAt ?? null, asOf);
    if (days === null) return unknown("age of the key");
    return Math.floor(days) > maxDays
      ? fail(`The key dates from ${dayOf(createdAt ?? "")}, over ${maxDays} days ago.`, "/createdAt")
      : pass();
  },
});
