import type { storage_v1 } from "googleapis/build/src/apis/storage/v1.js";
import { z } from "zod";
import { publicName } from "#lib/checks/gcp/public-members.ts";
import { required } from "#lib/inventory/answers.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";
import { asJson, changeGrants, differenceOf, type Grant, grantsFrom } from "./iam-policy.ts";

type AclEntry = { entity: string; role: string };
/** The bucket's own ACL is in its policy, as the roles of old. */
type State = {
  publicAccessPrevention: "inherited" | "enforced";
  bindings: Grant[];
  /** Of objects to come; null while IAM alone decides. */
  defaultObjectAcl: AclEntry[] | null;
};

export const closeBucket = defineOperation<"gcp", State, { preventPublicAccess: boolean }>({
  id: "gcp.storage.close-bucket",
  cloud: "gcp",
  title: "Take the public out of the bucket's policy and ACLs",
  kinds: ["gcp.storage.bucket"],
  parameters: z.object({ preventPublicAccess: z.boolean().default(true) }),
  reads: ["storage.buckets.get", "storage.buckets.getIamPolicy"],
  calls: [
    "gcp.storage.buckets.patch",
    "gcp.storage.buckets.setIamPolicy",
    "gcp.storage.defaultObjectAccessControls.delete",
    "gcp.storage.defaultObjectAccessControls.insert",
  ],

  async read(access, { target: { name: bucket }, signal }) {
    const api = await access.clients.storage();
    const found = await unlessMissing(async () => {
      const { data } = await api.buckets.get({ bucket, projection: "full" }, { signal });
      const policy = await api.buckets.getIamPolicy({ bucket, optionsRequestedPolicyVersion: 3 }, { signal });
      return { settings: data, policy: policy.data };
    });
    if (!found) return null;
    const settings = required(found.settings.iamConfiguration, "iamConfiguration");
    return {
      publicAccessPrevention: settings.publicAccessPrevention === "enforced" ? "enforced" : "inherited",
      bindings: grantsFrom(found.policy.bindings),
      defaultObjectAcl: settings.uniformBucketLevelAccess?.enabled
        ? null
        : entriesOf(found.settings.defaultObjectAcl),
    };
  },

  plan(state, { preventPublicAccess }, { name }) {
    if (state.publicAccessPrevention === "enforced") {
      return {
        outcome: "nothing",
        reason: "Public access is prevented on the bucket, so no grant to anyone counts.",
      };
    }
    const open = state.bindings.flatMap((grant): Grant[] => {
      const members = grant.members.filter((member) => publicName(member) !== null);
      return members.length > 0 ? [{ ...grant, members }] : [];
    });
    const isPublic = ({ entity }: AclEntry) => publicName(entity) !== null;
    const entries = state.defaultObjectAcl?.filter(isPublic) ?? [];
    if (open.length === 0 && entries.length === 0) {
      return {
        outcome: "nothing",
        reason: "Neither the bucket's policy nor its ACLs grant anything to anyone.",
      };
    }
    const after: State = {
      publicAccessPrevention: preventPublicAccess ? "enforced" : "inherited",
      bindings: changeGrants(state.bindings, { remove: open, add: [] }),
      defaultObjectAcl: state.defaultObjectAcl?.filter((entry) => !isPublic(entry)) ?? null,
    };
    const hasObjectAcls = state.defaultObjectAcl !== null && !preventPublicAccess;
    return {
      outcome: "change",
      after,
      calls: between(name, state, after),
      notes: [
        "Whoever reads or writes here without being granted it by name, such as visitors of a website in the bucket, is turned away from then on.",
        ...(hasObjectAcls
          ? [
              "Objects that were opened one by one, by ACLs of their own, stay open unless public access is prevented.",
            ]
          : []),
      ],
    };
  },

  wayBack: (before, present, { name }) => ({ calls: between(name, present, before) }),
});

/** What leads from one state to another: prevention is set first, and lifted before anyone can be let in. */
function between(bucket: string, from: State, to: State): PlannedCall[] {
  const calls: PlannedCall[] = [];
  const { publicAccessPrevention } = to;
  if (from.publicAccessPrevention !== publicAccessPrevention) {
    const requestBody = { iamConfiguration: { publicAccessPrevention } };
    calls.push({ id: "prevent", api: "gcp.storage.buckets.patch", input: { bucket, requestBody } });
  }
  const change = differenceOf(from.bindings, to.bindings);
  if (change.remove.length + change.add.length > 0) {
    const input = { bucket, ...asJson(change) };
    calls.push({ id: "policy", api: "gcp.storage.buckets.setIamPolicy", input });
  }
  const [old, wanted] = [from.defaultObjectAcl ?? [], to.defaultObjectAcl ?? []];
  for (const { entity } of beyond(old, wanted)) {
    const api = "gcp.storage.defaultObjectAccessControls.delete";
    calls.push({ id: `close-${entity}`, api, input: { bucket, entity } });
  }
  for (const { entity, role } of beyond(wanted, old)) {
    const api = "gcp.storage.defaultObjectAccessControls.insert";
    calls.push({ id: `open-${entity}`, api, input: { bucket, entity, role } });
  }
  return calls;
}

const beyond = (a: readonly AclEntry[], b: readonly AclEntry[]): AclEntry[] =>
  a.filter(({ entity, role }) => !b.some((other) => other.entity === entity && other.role === role));

const entriesOf = (entries: storage_v1.Schema$ObjectAccessControl[] | undefined): AclEntry[] =>
  (entries ?? [])
    .map(({ entity, role }) => ({ entity: required(entity, "entity"), role: required(role, "role") }))
    .sort((a, b) => (`${a.entity} ${a.role}` < `${b.entity} ${b.role}` ? -1 : 1));
