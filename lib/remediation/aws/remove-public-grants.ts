import {
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  type Grant,
} from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand as GetAccountBlockCommand } from "@aws-sdk/client-s3-control";
import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { namesEveryone, statementsOf } from "#lib/checks/aws/policy-document.ts";
import type { AwsAccess } from "#lib/clouds/access.ts";
import { parseDocument } from "#lib/inventory/answers.ts";
import type { Json, PlannedCall, Target } from "../model.ts";
import { defineOperation, type OperationContext } from "../operation.ts";
import { isNamed } from "./errors.ts";

/** A grant of an ACL, to a group by its URI or to an account by its canonical id. */
type Granted = { permission: string; uri: string } | { permission: string; id: string };
type Document = { [key: string]: Json };

type State = {
  owner: string;
  grants: Granted[];
  /** The bucket policy; null when there is none. */
  policy: Document | null;
  /** Whether Block Public Access, of bucket or account, lets nobody put a public grant back. */
  refuses: { acl: boolean; policy: boolean };
};

const Parameters = z.object({
  /** Whether grants of the ACL to everyone, and to every AWS account, go. */
  acl: z.boolean().default(true),
  /** Whether statements of the policy go that allow everyone something, without conditions. */
  policy: z.boolean().default(true),
});

export const removePublicGrants = defineOperation<"aws", State, z.output<typeof Parameters>>({
  id: "aws.s3.remove-public-grants",
  cloud: "aws",
  title: "Take public grants out of the bucket's ACL and policy",
  kinds: ["aws.s3.bucket"],
  parameters: Parameters,
  reads: [
    "s3:GetAccountPublicAccessBlock",
    "s3:GetBucketAcl",
    "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock",
  ],
  calls: ["aws.s3.DeleteBucketPolicy", "aws.s3.PutBucketAcl", "aws.s3.PutBucketPolicy"],

  async read(access, context) {
    try {
      const [acl, policy, refuses] = await Promise.all([
        readAcl(access, context),
        readPolicy(access, context),
        readRefusals(access, context),
      ]);
      return { ...acl, policy, refuses };
    } catch (error) {
      if (isNamed(error, "NoSuchBucket")) return null;
      throw error;
    }
  },

  plan(state, wishes, target) {
    const notes: string[] = [];
    const found = {
      acl: wishes.acl ? state.grants.filter((grant) => !isPublic(grant)) : state.grants,
      policy: wishes.policy ? withoutPublic(state.policy) : { kept: state.policy, conditional: 0 },
    };
    if (found.policy.conditional > 0) {
      const statements = found.policy.conditional === 1 ? "A statement" : "Statements";
      notes.push(
        `${statements} of the policy that everyone is meant by, under conditions, stay: whether these are narrow is for a person to say.`,
      );
    }
    const after = { ...state, grants: found.acl, policy: found.policy.kept };
    const changes = { acl: !same(after.grants, state.grants), policy: !same(after.policy, state.policy) };
    if (changes.acl && state.refuses.acl) {
      notes.push("Public grants of the ACL stay, since they count for nothing and could not be put back.");
      after.grants = state.grants;
    }
    if (changes.policy && state.refuses.policy) {
      notes.push("Public statements of the policy stay, since they could not be put back.");
      after.policy = state.policy;
    }
    const calls = callsTo(after, state, target);
    if (calls.length === 0) {
      return { outcome: "nothing", reason: ["No public grant is to be removed.", ...notes].join(" ") };
    }
    return { outcome: "change", after, calls, notes };
  },

  wayBack: (before, present, target) => ({ calls: callsTo(before, present, target) }),
});

const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

function callsTo(wanted: State, present: State, { name: Bucket }: Target): PlannedCall[] {
  const acl: PlannedCall = {
    id: "put-acl",
    api: "aws.s3.PutBucketAcl",
    input: {
      Bucket,
      AccessControlPolicy: {
        Owner: { ID: wanted.owner },
        Grants: wanted.grants.map(
          (grant): Json => ({
            Grantee:
              "uri" in grant ? { Type: "Group", URI: grant.uri } : { Type: "CanonicalUser", ID: grant.id },
            Permission: grant.permission,
          }),
        ),
      },
    },
  };
  const policy: PlannedCall =
    wanted.policy === null
      ? { id: "delete-policy", api: "aws.s3.DeleteBucketPolicy", input: { Bucket } }
      : {
          id: "put-policy",
          api: "aws.s3.PutBucketPolicy",
          input: { Bucket, Policy: JSON.stringify(wanted.policy) },
        };
  return [
    ...(same(wanted.grants, present.grants) ? [] : [acl]),
    ...(same(wanted.policy, present.policy) ? [] : [policy]),
  ];
}

const publicGroups = [
  "http://acs.amazonaws.com/groups/global/AllUsers",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
];
const isPublic = (grant: Granted): boolean => "uri" in grant && publicGroups.includes(grant.uri);

/** A policy without the statements that allow everyone something whatever else holds, and how many have conditions. */
function withoutPublic(policy: Document | null): { kept: Document | null; conditional: number } {
  const statements = policy === null ? null : statementsOf(policy);
  if (policy === null || !statements) return { kept: policy, conditional: 0 };
  const wide = statements.filter((one) => one.effect === "Allow" && namesEveryone(one));
  const going = new Set(wide.filter((one) => one.conditions.length === 0).map(({ pointer }) => pointer));
  const conditional = wide.length - going.size;
  if (going.size === 0) return { kept: policy, conditional };
  const { Statement } = policy;
  const left = Array.isArray(Statement)
    ? Statement.filter((_, index) => !going.has(`/Statement/${index}`))
    : [];
  return { kept: left.length === 0 ? null : { ...policy, Statement: left }, conditional };
}

async function readAcl(access: AwsAccess, { target, signal }: OperationContext) {
  const { s3 } = access.clients(target.region);
  const { Owner, Grants = [] } = await s3.send(new GetBucketAclCommand({ Bucket: target.name }), {
    abortSignal: signal,
  });
  const grants = Grants.map(grantOf).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  return { owner: Owner?.ID ?? "", grants };
}

function grantOf({ Grantee, Permission = "READ" }: Grant): Granted {
  return Grantee?.URI === undefined
    ? { permission: Permission, id: Grantee?.ID ?? "" }
    : { permission: Permission, uri: Grantee.URI };
}

async function readPolicy(access: AwsAccess, { target, signal }: OperationContext): Promise<Document | null> {
  try {
    const { Policy = "" } = await access
      .clients(target.region)
      .s3.send(new GetBucketPolicyCommand({ Bucket: target.name }), { abortSignal: signal });
    return parseDocument(Policy, "bucket policy") as Document;
  } catch (error) {
    if (isNamed(error, "NoSuchBucketPolicy")) return null;
    throw error;
  }
}

async function readRefusals(
  access: AwsAccess,
  { target, signal }: OperationContext,
): Promise<State["refuses"]> {
  const clients = access.clients(target.region);
  const absent = (error: unknown) => {
    if (isNamed(error, "NoSuchPublicAccessBlockConfiguration")) return null;
    throw error;
  };
  const options = { abortSignal: signal };
  const blocks = await Promise.all([
    clients.s3.send(new GetPublicAccessBlockCommand({ Bucket: target.name }), options).catch(absent),
    clients.s3control.send(new GetAccountBlockCommand({ AccountId: access.account }), options).catch(absent),
  ]);
  const any = (name: "BlockPublicAcls" | "BlockPublicPolicy") =>
    blocks.some((block) => block?.PublicAccessBlockConfiguration?.[name] === true);
  return { acl: any("BlockPublicAcls"), policy: any("BlockPublicPolicy") };
}
