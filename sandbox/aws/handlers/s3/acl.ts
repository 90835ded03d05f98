import type { BucketCannedACL, Grant } from "@aws-sdk/client-s3";
import { AwsError, type Call } from "../../model.ts";
import { findEffectiveBlock } from "./public-access-block.ts";
import { accessDenied, type BucketState, ownerOf } from "./state.ts";

const allUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
const authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

const toGroup = (URI: string, ...permissions: Grant["Permission"][]): Grant[] =>
  permissions.map((Permission) => ({ Grantee: { Type: "Group", URI }, Permission }));

/** What each canned ACL grants beside the owner's full control. */
const cannedGrants: Partial<Record<BucketCannedACL, Grant[]>> = {
  private: [],
  "public-read": toGroup(allUsers, "READ"),
  "public-read-write": toGroup(allUsers, "READ", "WRITE"),
  "authenticated-read": toGroup(authenticatedUsers, "READ"),
};

export function cannedAcl(acl: BucketCannedACL | "log-delivery-write", account: string): Grant[] {
  const extra = acl === "log-delivery-write" ? toGroup(logDelivery, "WRITE", "READ_ACP") : cannedGrants[acl];
  if (!extra) throw new AwsError("InvalidArgument", `Unsupported canned ACL ${acl}`);
  const owner: Grant = {
    Grantee: { Type: "CanonicalUser", ID: ownerOf(account).ID },
    Permission: "FULL_CONTROL",
  };
  return [owner, ...extra];
}

export function setCannedAcl(bucket: BucketState, acl: BucketCannedACL, call: Call): void {
  setGrants(bucket, cannedAcl(acl, call.account), call);
}

/** Replaces a bucket's ACL, as far as object ownership and Block Public Access allow. */
export function setGrants(bucket: BucketState, grants: Grant[], call: Call): void {
  const isOwnerOnly = grants.every((grant) => grant.Grantee?.ID === ownerOf(call.account).ID);
  if (bucket.ownership === "BucketOwnerEnforced" && !isOwnerOnly) {
    throw new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  if (grants.some(isPublicGrant) && findEffectiveBlock(bucket, call).BlockPublicAcls) throw accessDenied();
  bucket.grants = grants;
}

function isPublicGrant(grant: Grant): boolean {
  return grant.Grantee?.URI === allUsers || grant.Grantee?.URI === authenticatedUsers;
}
