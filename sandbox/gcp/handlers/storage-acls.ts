import type { IamPolicy } from "../iam-policy.ts";
import { type GcpCall, GcpError, type GcpProject, type GcpRequest, type GcpRoute } from "../model.ts";
import type { AclEntry, BucketState } from "./storage.ts";

/** The roles that stand in a bucket's policy for the entries of its ACL. */
const roleOfLegacy: Record<string, string> = {
  "roles/storage.legacyBucketReader": "READER",
  "roles/storage.legacyBucketWriter": "WRITER",
  "roles/storage.legacyBucketOwner": "OWNER",
};

const isPublic = (who: string) => who === "allUsers" || who === "allAuthenticatedUsers";

/** The entries that a policy's roles of old stand for. */
function entriesIn(policy: IamPolicy, project: GcpProject): AclEntry[] {
  return (policy.bindings ?? []).flatMap(({ role, members }) => {
    const acl = roleOfLegacy[role];
    return acl === undefined
      ? []
      : members.map((member) => ({ entity: entityOf(member, project), role: acl }));
  });
}

function entityOf(member: string, { number }: GcpProject): string {
  const [kind = "", name = ""] = member.split(/:(.*)/s);
  if (isPublic(member)) return member;
  if (/^project(Owner|Editor|Viewer)$/.test(kind)) return `project-${kind.slice(7).toLowerCase()}s-${number}`;
  return `${kind === "serviceAccount" ? "user" : kind}-${name}`;
}

const same = (a: AclEntry) => (b: AclEntry) => a.entity === b.entity && a.role === b.role;

/** While ACLs count, a bucket's ACL and the roles of old in its policy are one thing seen from two sides. */
export function followPolicy({ bucket, policy }: BucketState, next: IamPolicy, project: GcpProject): void {
  if (bucket.iamConfiguration.uniformBucketLevelAccess.enabled || !bucket.acl) return;
  const [old, wanted] = [entriesIn(policy, project), entriesIn(next, project)];
  const left = bucket.acl.filter((entry) => !old.some(same(entry)) || wanted.some(same(entry)));
  bucket.acl = [...left, ...wanted.filter((entry) => !old.some(same(entry)) && !left.some(same(entry)))];
}

/** Where public access is prevented, nobody can let the public in any more; what was granted before may stay. */
export function refuseWherePrevented({ bucket, policy }: BucketState, next: IamPolicy): void {
  if (bucket.iamConfiguration.publicAccessPrevention !== "enforced") return;
  const granted = ({ bindings = [] }: IamPolicy) =>
    bindings.flatMap(({ role, members }) => members.filter(isPublic).map((member) => `${role} ${member}`));
  const known = granted(policy);
  if (granted(next).some((grant) => !known.includes(grant))) throw prevented();
}

const prevented = () =>
  new GcpError(
    "FAILED_PRECONDITION",
    "The member bindings allUsers and allAuthenticatedUsers are not allowed since public access prevention is enforced.",
    { httpStatus: 412, reason: "publicAccessPreventionEnforced" },
  );

const changing = ["storage.buckets.get", "storage.buckets.getIamPolicy", "storage.buckets.update"];

/** The ACL that new objects are given, entry by entry. */
export function defaultAclRoutes(
  projectOf: (request: GcpRequest) => string,
  bucketOf: (call: GcpCall) => BucketState,
): GcpRoute[] {
  const path = "/storage/v1/b/{bucket}/defaultObjectAcl";
  const aclOf = (call: GcpCall): { state: BucketState; acl: AclEntry[] } => {
    const state = bucketOf(call);
    if (state.bucket.iamConfiguration.uniformBucketLevelAccess.enabled) {
      throw new GcpError(
        "INVALID_ARGUMENT",
        "Cannot use ACL API to update bucket policy when uniform bucket-level access is enabled.",
        { reason: "invalid" },
      );
    }
    return { state, acl: state.bucket.defaultObjectAcl ?? [] };
  };
  return [
    {
      method: "POST",
      path,
      permissions: changing,
      project: projectOf,
      handler: (call) => {
        const { state, acl } = aclOf(call);
        const entry = { entity: String(call.body.entity), role: String(call.body.role) };
        if (!/^(READER|OWNER)$/.test(entry.role)) {
          throw new GcpError("INVALID_ARGUMENT", `Invalid argument: ${entry.role}.`, { reason: "invalid" });
        }
        const isPrevented = state.bucket.iamConfiguration.publicAccessPrevention === "enforced";
        if (isPrevented && isPublic(entry.entity)) throw prevented();
        state.bucket.defaultObjectAcl = [...acl.filter(({ entity }) => entity !== entry.entity), entry];
        return { kind: "storage#objectAccessControl", ...entry };
      },
    },
    {
      method: "DELETE",
      path: `${path}/{entity}`,
      permissions: changing,
      project: projectOf,
      handler: (call) => {
        const { state, acl } = aclOf(call);
        const left = acl.filter(({ entity }) => entity !== call.labels.entity);
        if (left.length === acl.length) {
          throw new GcpError("NOT_FOUND", "The specified ACL entry does not exist.");
        }
        state.bucket.defaultObjectAcl = left;
        return {};
      },
    },
  ];
}
