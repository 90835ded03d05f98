import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constant,
  constantFrom,
  date,
  list,
  name,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AccessKey, Credentials, IamKinds } from "#lib/inventory/aws/iam.kinds.ts";

const identityDocument = constantFrom<unknown>(
  { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  { Statement: { Effect: "Allow", NotAction: "s3:*", Resource: "*" } },
  { Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }] },
  { Statement: [] },
);
const attachedPolicies = list(
  constantFrom(
    { name: "AWSSupportAccess", arn: "arn:aws:iam::aws:policy/AWSSupportAccess" },
    { name: "own", arn: "arn:aws:iam::111122223333:policy/own" },
  ),
  2,
);
const inlinePolicies = list(fc.record({ name, document: identityDocument }), 2);
const identity = { path: text, createdAt: nullable(date), attachedPolicies, inlinePolicies };

const key = (n: 1 | 2): fc.Arbitrary<AccessKey> =>
  fc.record({
    n: constant(n),
    active: boolean(),
    createdAt: date,
    lastUsedAt: nullable(date),
    lastUsedRegion: nullable(text),
    lastUsedService: nullable(text),
  });
const credentials: fc.Arbitrary<Credentials> = fc.record({
  passwordEnabled: boolean(),
  passwordLastUsedAt: nullable(date),
  passwordChangedAt: nullable(date),
  mfaActive: boolean(),
  accessKeys: fc
    .tuple(nullable(key(1)), nullable(key(2)))
    .map((slots) => slots.filter((slot) => slot !== null)),
});
/** The summary says of root what its row of the report says. */
const root = credentials.map((rootCredentials) => ({
  rootCredentials,
  summary: {
    rootMfaEnabled: rootCredentials.mfaActive,
    rootAccessKeysPresent: rootCredentials.accessKeys.length > 0,
    rootSigningCertificatesPresent: false,
    rootPasswordPresent: rootCredentials.passwordEnabled,
  },
}));
const passwordPolicy = fc.record({
  minimumLength: fc.integer({ min: 6, max: 20 }),
  reusePrevention: nullable(fc.integer({ min: 1, max: 24 })),
  maxAgeDays: nullable(fc.nat(365)),
  requireUppercase: boolean(),
  requireLowercase: boolean(),
  requireNumbers: boolean(),
  requireSymbols: boolean(),
  allowUsersToChange: boolean(),
  hardExpiry: boolean(),
});

export const iamConfigs: Arbitraries<keyof IamKinds> = {
  "aws.account": {
    whole: fc
      .tuple(root, nullable(passwordPolicy), nullable(text))
      .map(([facts, policy, alias]) => ({ ...facts, passwordPolicy: policy, alias })),
    optional: ["alias", "passwordPolicy", "summary", "rootCredentials"],
  },
  "aws.iam.user": {
    whole: fc.record({
      ...identity,
      credentials,
      groups: list(name),
      permissionsBoundaryArn: nullable(text),
    }),
    optional: ["credentials", "attachedPolicies", "inlinePolicies", "groups", "permissionsBoundaryArn"],
  },
  "aws.iam.role": {
    whole: fc.record({
      ...identity,
      trustPolicy: identityDocument,
      permissionsBoundaryArn: nullable(text),
      instanceProfileArns: list(text),
    }),
    optional: [
      "trustPolicy",
      "attachedPolicies",
      "inlinePolicies",
      "permissionsBoundaryArn",
      "instanceProfileArns",
    ],
  },
  "aws.iam.group": { whole: fc.record(identity), optional: ["attachedPolicies", "inlinePolicies"] },
  "aws.iam.policy": {
    whole: fc.record({
      managedBy: constantFrom("customer" as const, "aws" as const),
      path: text,
      createdAt: nullable(date),
      updatedAt: nullable(date),
      attachmentCount: fc.nat(3),
      defaultVersionId: nullable(text),
      document: identityDocument,
    }),
    optional: ["document"],
  },
  "aws.iam.server-certificate": {
    whole: fc.record({ path: text, uploadedAt: nullable(date), expiresAt: date }),
    optional: ["expiresAt"],
  },
};
