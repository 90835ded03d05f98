import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";

const key = nullable(fc.constant("projects/p/locations/eu/keyRings/r/cryptoKeys/k"));
const member = constantFrom("allUsers", "allAuthenticatedUsers", "user:ann@acme.example", "projectOwners");
const bindings = list(
  fc.record({
    role: constantFrom("roles/viewer", "roles/storage.legacyBucketReader"),
    members: list(member),
    condition: nullable(text),
  }),
);
const acl = list(
  fc.record({ entity: constantFrom("allUsers", "user-ann"), role: constantFrom("READER", "OWNER") }),
);

export const gcpDataConfigs: Arbitraries<
  | "gcp.storage.bucket"
  | "gcp.kms.key"
  | "gcp.bigquery.dataset"
  | "gcp.bigquery.table"
  | "gcp.dataproc.cluster"
> = {
  "gcp.storage.bucket": {
    whole: fc
      .record({
        createdAt: nullable(date),
        storageClass: nullable(text),
        publicAccessPrevention: constantFrom("inherited" as const, "enforced" as const),
        uniformAccess: boolean(),
        retentionPolicy: nullable(fc.record({ periodSeconds: constantFrom(0, 86_400), isLocked: boolean() })),
        versioning: boolean(),
        defaultKmsKey: key,
        bindings,
        acl,
        defaultObjectAcl: acl,
      })
      // Uniform access and ACLs never go together.
      .map((bucket) => (bucket.uniformAccess ? { ...bucket, acl: null, defaultObjectAcl: null } : bucket)),
    optional: [
      "publicAccessPrevention",
      "uniformAccess",
      "retentionPolicy",
      "versioning",
      "defaultKmsKey",
      "bindings",
      "acl",
      "defaultObjectAcl",
    ],
  },
  "gcp.kms.key": {
    whole: fc.record({
      createdAt: nullable(date),
      keyRing: text,
      purpose: constantFrom("ENCRYPT_DECRYPT", "MAC"),
      protectionLevel: nullable(constantFrom("SOFTWARE", "HSM", "EXTERNAL")),
      importOnly: boolean(),
      primaryState: nullable(constantFrom("ENABLED", "DISABLED")),
      primaryCreatedAt: nullable(date),
      rotationPeriodSeconds: nullable(constantFrom(86_400, 7_776_000, 31_536_000)),
      nextRotationAt: nullable(date),
      bindings,
      keyRingBindings: bindings,
    }),
    optional: [
      "purpose",
      "primaryCreatedAt",
      "rotationPeriodSeconds",
      "nextRotationAt",
      "bindings",
      "keyRingBindings",
    ],
  },
  "gcp.bigquery.dataset": {
    whole: fc.record({
      createdAt: nullable(date),
      type: constantFrom("DEFAULT", "LINKED"),
      access: list(
        fc.record({
          member,
          role: nullable(constantFrom("READER", "OWNER")),
          condition: nullable(text),
        }),
      ),
      defaultKmsKey: key,
    }),
    optional: ["createdAt", "type", "access", "defaultKmsKey"],
  },
  "gcp.bigquery.table": {
    whole: fc.record({
      dataset: text,
      type: constantFrom("TABLE", "VIEW", "SNAPSHOT"),
      createdAt: nullable(date),
      kmsKey: key,
    }),
    optional: ["kmsKey"],
  },
  "gcp.dataproc.cluster": {
    whole: fc.record({ state: nullable(text), isVirtual: boolean(), diskKmsKey: key }),
    optional: ["diskKmsKey"],
  },
};
