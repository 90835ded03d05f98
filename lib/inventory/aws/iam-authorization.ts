import {
  type AttachedPolicy as AwsAttachedPolicy,
  type EntityType,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type Tag,
} from "@aws-sdk/client-iam";
import {
  type Listing,
  listing,
  MalformedAnswer,
  parseDocument,
  required,
  tagRecord,
  timeOf,
} from "../answers.ts";
import type { AwsContext } from "./collector.ts";
import type { AttachedPolicy, InlinePolicy } from "./iam.kinds.ts";

/** The permission behind everything that GetAccountAuthorizationDetails tells. */
export const authorizationDetails = "iam:GetAccountAuthorizationDetails";

type Page =
  ReturnType<typeof paginateGetAccountAuthorizationDetails> extends AsyncGenerator<infer P> ? P : never;

/**
 * Every user, role, group or policy of the account with its policies, from the one call that pages through them: a
 * handful of requests where a call per entity and policy would be thousands.
 */
export function entitiesOf<T>(
  { clients, signal }: AwsContext,
  filter: EntityType[],
  itemsOf: (page: Page) => readonly T[] | undefined,
): Listing<T> {
  const pages = paginateGetAccountAuthorizationDetails(
    { client: clients.iam, pageSize: 1000 },
    { Filter: filter },
    { abortSignal: signal },
  );
  return listing(authorizationDetails, pages, itemsOf);
}

/** What users, roles, groups and policies have in common. */
export function iamResource(
  { account }: AwsContext,
  arn: string | undefined,
  name: string | undefined,
  tags?: Tag[],
) {
  const uid = required(arn, "Arn");
  return {
    uid,
    account,
    region: "global",
    // An ARN of IAM's ends in the name; some servers leave the name itself out.
    name: name ?? uid.slice(uid.lastIndexOf("/") + 1),
    tags: tagRecord((tags ?? []).map((tag) => [tag.Key, tag.Value])),
  };
}

/** Path and time of creation, which all of IAM's entities have. */
export const originOf = (entity: { Path?: string; CreateDate?: Date }) => ({
  path: required(entity.Path, "Path"),
  createdAt: timeOf(entity.CreateDate),
});

/** The answer leaves empty lists out. */
export const attachedPoliciesOf = (policies: AwsAttachedPolicy[] | undefined): AttachedPolicy[] =>
  (policies ?? []).map((policy) => ({
    name: required(policy.PolicyName, "PolicyName"),
    arn: required(policy.PolicyArn, "PolicyArn"),
  }));

/** Inline policies, parsed; one that can't be parsed is a gap on the whole list, since it might grant anything. */
export async function readInlinePolicies(
  { read }: AwsContext,
  uid: string,
  policies: PolicyDetail[] | undefined,
): Promise<InlinePolicy[] | undefined> {
  const parsed = await read(uid, authorizationDetails, async () =>
    (policies ?? []).map((policy) => ({
      name: required(policy.PolicyName, "PolicyName"),
      document: decodeDocument(policy.PolicyDocument, "inline policy"),
    })),
  );
  return parsed ?? undefined;
}

/** A policy document as IAM sends it: JSON, URL-encoded by RFC 3986. */
export function decodeDocument(text: string | undefined, what: string): Record<string, unknown> {
  const encoded = required(text, what).trim();
  // JSON as it stands begins with a brace, which URL-encoding would have replaced; a `%` in it means itself.
  if (encoded.startsWith("{")) return parseDocument(encoded, what);
  let decoded: string;
  try {
    decoded = decodeURIComponent(encoded);
  } catch (cause) {
    throw new MalformedAnswer(`The ${what} is not URL-encoded.`, { cause });
  }
  return parseDocument(decoded, what);
}
