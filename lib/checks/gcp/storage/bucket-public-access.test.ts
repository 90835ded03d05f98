import { testCheck } from "#lib/checks/test-check.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { gcpBucketPublicAccess } from "./bucket-public-access.ts";

const example = (change: Partial<ResourceConfigs["gcp.storage.bucket"]> = {}) => ({
  config: {
    createdAt: null,
    storageClass: "STANDARD",
    publicAccessPrevention: "inherited" as const,
    uniformAccess: true,
    bindings: [{ role: "roles/storage.admin", members: ["user:ann@acme.example"], condition: null }],
    acl: null,
    defaultObjectAcl: null,
    ...change,
  },
});
const binding = (role: string, ...members: string[]) => ({ role, members, condition: null });
const viewers = binding("roles/storage.objectViewer", "user:ann@acme.example", "allUsers");
const admins = binding("roles/storage.objectAdmin", "allAuthenticatedUsers");
const owner = { entity: "project-owners-1", role: "OWNER" };
const everyone = { entity: "allUsers", role: "READER" };
const withAcls = { uniformAccess: false, acl: [owner], defaultObjectAcl: [owner] };

testCheck(gcpBucketPublicAccess, {
  pass: [
    example(),
    example(withAcls),
    // Prevented: no grant counts, and nothing else has to be readable.
    example({ publicAccessPrevention: "enforced", bindings: [viewers] }),
    example({ publicAccessPrevention: "enforced", bindings: undefined, acl: undefined }),
    example({ ...withAcls, publicAccessPrevention: "enforced", acl: [everyone] }),
    // Nothing to prevent.
    example({ publicAccessPrevention: undefined }),
    // A group or a domain is not everyone.
    example({
      bindings: [binding("roles/storage.objectViewer", "group:all@acme.example", "domain:acme.example")],
    }),
    // No ACLs: they don't have to be readable.
    example({ acl: undefined, defaultObjectAcl: undefined }),
  ],
  fail: [
    [example({ bindings: [viewers] }), "IAM grants roles/storage.objectViewer to everyone."],
    [
      example({ bindings: [admins, viewers] }),
      "IAM grants roles/storage.objectAdmin to every Google account and roles/storage.objectViewer to everyone.",
    ],
    [
      example({ bindings: [binding("roles/storage.objectViewer", "allUsers", "allAuthenticatedUsers")] }),
      "IAM grants roles/storage.objectViewer to everyone and every Google account.",
    ],
    [
      example({
        ...withAcls,
        acl: [owner, everyone],
        bindings: [binding("roles/storage.legacyBucketReader", "allUsers")],
      }),
      "IAM grants roles/storage.legacyBucketReader to everyone.",
    ],
    // What was read proves it, whatever the rest is.
    [
      example({ ...withAcls, acl: [owner, everyone], bindings: undefined }),
      "The ACL grants READER to everyone.",
    ],
    [
      example({ ...withAcls, defaultObjectAcl: [everyone] }),
      "New objects are opened with READER to everyone.",
    ],
    [
      example({ ...withAcls, bindings: [admins], acl: undefined, defaultObjectAcl: [everyone] }),
      "IAM grants roles/storage.objectAdmin to every Google account. New objects are opened with READER to everyone.",
    ],
  ],
  unknown: [
    example({ bindings: undefined }),
    example({ ...withAcls, acl: undefined }),
    example({ ...withAcls, defaultObjectAcl: undefined }),
    example({ uniformAccess: undefined, acl: undefined, defaultObjectAcl: undefined }),
    example({ publicAccessPrevention: undefined, bindings: [viewers] }),
    { config: { createdAt: null, storageClass: null } },
  ],
});
