import { addKey, addKeyRing } from "../../build/gcp/kms.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import { type GcpEnvironment, labelsOf } from "./company.ts";

/** The keys that other services encrypt with, by full name. */
export type GcpKeys = { data: string; compute: string; legacy: string };

/** Keys with a story. Production rotates what the security team set up; what came before it, and development, doesn't. */
export function addGcpKeys(site: GcpSite, environment: GcpEnvironment): GcpKeys {
  const labels = (team: "data" | "security" | "fraud" | "merchants") => labelsOf(environment, team);
  if (environment === "development") {
    const ring = addKeyRing(site, "europe-west4", "ml");
    const data = addKey(site, ring, "training-data", { labels: labels("fraud"), ageDays: 300 });
    return {
      data,
      compute: addKey(site, ring, "notebooks", { labels: labels("fraud"), rotationDays: 30 }),
      legacy: data,
    };
  }
  const ring = addKeyRing(site, "europe-west3", "analytics");
  const eu = addKeyRing(site, "europe", "warehouse");
  addKey(site, ring, "report-signing", { purpose: "ASYMMETRIC_SIGN", labels: labels("security") });
  // Material from the bank's own hardware, renewed under four eyes.
  addKey(site, ring, "bank-imported", {
    importOnly: true,
    protectionLevel: "HSM",
    ageDays: 40,
    labels: labels("security"),
  });
  addKey(site, ring, "retired-2021", {
    ageDays: 1_700,
    primaryState: "DISABLED",
    labels: labels("security"),
  });
  // Made for a partner's proof of concept: whoever found the name could decrypt.
  addKey(site, ring, "partner-poc", {
    rotationDays: 90,
    labels: labels("merchants"),
    grants: [{ role: "roles/cloudkms.cryptoKeyDecrypter", members: ["allAuthenticatedUsers"] }],
  });
  const demo = addKeyRing(site, "global", "demo", [
    { role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", members: ["allUsers"] },
  ]);
  addKey(site, demo, "webinar", { labels: labels("data"), rotationDays: 90 });
  return {
    data: addKey(site, eu, "bigquery", { rotationDays: 90, labels: labels("data") }),
    compute: addKey(site, ring, "disks", { rotationDays: 60, labels: labels("data") }),
    legacy: addKey(site, ring, "exports", { rotationDays: 365, ageDays: 1_400, labels: labels("data") }),
  };
}
