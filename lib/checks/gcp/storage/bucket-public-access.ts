import { publicBindings, publicName } from "#lib/checks/gcp/public-members.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const gcpBucketPublicAccess = defineCheck({
  id: "gcp.storage.bucket-public-access",
  title: "Cloud Storage bucket is closed to the public",
  severity: "critical",
  resource: "gcp.storage.bucket",
  permissions: ["storage.buckets.list", "storage.buckets.getIamPolicy", "storage.buckets.get"],
  risk: "Anyone who knows or guesses the name can read what is in a public bucket, or fill it. Bucket names share one namespace, and lists of open ones are traded.",
  remediation: {
    text: "Enforce public access prevention, then take the public members out of the policy and the ACLs; serve public content through Cloud CDN.",
    url: "https://docs.cloud.google.com/storage/docs/public-access-prevention",
    console: [
      "Open the bucket in Cloud Storage, Permissions.",
      "Prevent public access, Confirm.",
      "Remove allUsers and allAuthenticatedUsers from the list of principals.",
    ],
    cli: "gcloud storage buckets update gs://{name} --public-access-prevention",
    terraform: `resource "google_storage_bucket" "this" {
  name                     = "{name}"
  location                 = "{region}"
  public_access_prevention = "enforced"
}`,
  },
  evaluate: ({ publicAccessPrevention, uniformAccess, bindings, acl, defaultObjectAcl }) => {
    // Where it is enforced, no grant to anyone counts.
    if (publicAccessPrevention === "enforced") return pass();
    const byPolicy = publicBindings(bindings ?? []);
    // A bucket's ACL shows in its policy, as the roles of old; it is named only where the policy doesn't.
    const inPolicy = byPolicy.some(({ role }) => role.startsWith("roles/storage.legacyBucket"));
    const byAcl = inPolicy ? [] : publicEntries(acl);
    const byDefault = publicEntries(defaultObjectAcl);
    const reasons = [
      ...(byPolicy.length > 0 ? [`IAM grants ${listGrants(byPolicy)}.`] : []),
      ...(byAcl.length > 0 ? [`The ACL grants ${listGrants(byAcl)}.`] : []),
      ...(byDefault.length > 0 ? [`New objects are opened with ${listGrants(byDefault)}.`] : []),
    ];
    if (reasons.length > 0) {
      if (publicAccessPrevention === undefined) return unknown("public access prevention");
      const paths = [
        ...byPolicy.map(({ index }) => `/bindings/${index}`),
        ...byAcl.map(({ index }) => `/acl/${index}`),
        ...byDefault.map(({ index }) => `/defaultObjectAcl/${index}`),
      ];
      return fail(reasons.join(" "), ...paths);
    }
    if (bindings === undefined) return unknown("IAM policy of the bucket");
    const hasAcls = uniformAccess !== true;
    return hasAcls && (acl === undefined || defaultObjectAcl === undefined)
      ? unknown("ACLs of the bucket")
      : pass();
  },
});

type Entries = readonly { entity: string; role: string }[] | null | undefined;

const publicEntries = (entries: Entries) =>
  (entries ?? []).flatMap(({ entity, role }, index) => {
    const to = publicName(entity);
    return to === null ? [] : [{ role, to, index }];
  });

const listGrants = (grants: readonly { role: string; to: string }[]): string =>
  grants.map(({ role, to }) => `${role} to ${to}`).join(" and ");
