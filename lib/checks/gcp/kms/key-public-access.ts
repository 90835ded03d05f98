import { publicBindings } from "#lib/checks/gcp/public-members.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const keyPublicAccess = defineCheck({
  id: "gcp.kms.key-public-access",
  title: "Cloud KMS key is closed to the public",
  severity: "critical",
  resource: "gcp.kms.key",
  permissions: ["cloudkms.cryptoKeys.getIamPolicy", "cloudkms.keyRings.getIamPolicy"],
  risk: "Whoever may use the key can decrypt what it protects as soon as they hold a copy. Granted to anyone, it protects nothing.",
  remediation: {
    text: "Take allUsers and allAuthenticatedUsers out of the IAM policies of the key and its key ring.",
    url: "https://docs.cloud.google.com/kms/docs/iam",
    console: [
      "Open the key in Key Management, Permissions.",
      "Remove allUsers and allAuthenticatedUsers.",
      "Do the same on its key ring, whose grants the key inherits.",
    ],
    cli: "gcloud kms keys remove-iam-policy-binding {name} --keyring KEY_RING --location {region} --project {account} --member allUsers --role ROLE",
    terraform: `resource "google_kms_crypto_key_iam_binding" "this" {
  crypto_key_id = "{account}/{region}/KEY_RING/{name}"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  members       = ["serviceAccount:SERVICE_ACCOUNT"]
}`,
  },
  evaluate: ({ bindings, keyRingBindings }) => {
    const own = publicBindings(bindings ?? []);
    const inherited = publicBindings(keyRingBindings ?? []);
    if (own.length + inherited.length > 0) {
      const reasons = [
        ...own.map(({ role, to }) => `The key grants ${role} to ${to}.`),
        ...inherited.map(({ role, to }) => `Its key ring grants ${role} to ${to}.`),
      ];
      const paths = [
        ...own.map(({ index }) => `/bindings/${index}`),
        ...inherited.map(({ index }) => `/keyRingBindings/${index}`),
      ];
      return fail(reasons.join(" "), ...paths);
    }
    if (bindings === undefined) return unknown("IAM policy of the key");
    return keyRingBindings === undefined ? unknown("IAM policy of the key ring") : pass();
  },
});
