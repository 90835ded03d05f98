import { findJoinedDuties, grantsOf } from "#lib/checks/gcp/grants.ts";
import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

/** Roles that use keys, alone or by way of a service that asks for them. */
const usesKeys =
  /^roles\/cloudkms\.(cryptoKey(EncrypterDecrypter|Encrypter|Decrypter)(ViaDelegation)?|cryptoOperator|signer|signerVerifier)$/;

export const projectKmsDuties = defineCheck({
  id: "gcp.resourcemanager.project-kms-duties",
  title: "Nobody both manages KMS keys and uses them",
  severity: "medium",
  resource: "gcp.resourcemanager.project",
  dependsOnTime: true,
  permissions: ["resourcemanager.projects.getIamPolicy"],
  risk: "Whoever has both can decrypt the data, and then destroy the key or change who else may use it. Kept apart, it takes two people to do harm.",
  remediation: {
    text: "Leave Cloud KMS Admin to those who manage keys, and the roles that encrypt and decrypt to others, on the single keys that they use.",
    url: "https://docs.cloud.google.com/kms/docs/separation-of-duties",
    console: [
      "Open IAM & Admin, IAM, and find the principal.",
      "Edit the principal, and remove Cloud KMS Admin or the role that encrypts or decrypts.",
      "Save.",
    ],
    cli: "gcloud projects remove-iam-policy-binding {account} --member=MEMBER --role=roles/cloudkms.admin",
    terraform: `resource "google_project_iam_binding" "kms_admins" {
  project = "{account}"
  role    = "roles/cloudkms.admin"
  members = ["group:key-admins@example.com"]
}`,
  },
  evaluate: ({ bindings }, { asOf }) => {
    if (!bindings) return unknown("IAM policy");
    const joined = findJoinedDuties(
      grantsOf(bindings, asOf),
      (role) => role === "roles/cloudkms.admin",
      (role) => usesKeys.test(role),
    );
    if (joined.length === 0) return pass();
    const members = joined.map(({ member, second }) => `${member} (with ${second.role})`);
    return fail(
      `Besides roles/cloudkms.admin, roles that use keys are held by ${listWords(members)}.`,
      ...new Set(joined.flatMap(({ first, second }) => [first.path, second.path])),
    );
  },
});
