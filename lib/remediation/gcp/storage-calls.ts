import { z } from "zod";
import { gcloud } from "./command.ts";
import { defineGcpCall, readModifyWrite, unlessMissing } from "./define-call.ts";
import {
  changeGrants,
  differenceOf,
  grantsFrom,
  PolicyChange,
  versionOf,
  writtenBindings,
} from "./iam-policy.ts";
import { policyCommands } from "./policy-commands.ts";

const Bucket = z.object({ bucket: z.string().min(3).max(222) });
const Entity = Bucket.extend({ entity: z.enum(["allUsers", "allAuthenticatedUsers"]) });
/** What a change of ACLs takes, by Google's table of permissions. */
const changingAcls = ["storage.buckets.get", "storage.buckets.getIamPolicy", "storage.buckets.update"];

export const storageCalls = [
  defineGcpCall({
    api: "gcp.storage.buckets.patch",
    input: Bucket.extend({
      requestBody: z.object({
        iamConfiguration: z.object({ publicAccessPrevention: z.enum(["inherited", "enforced"]) }),
      }),
    }),
    permissions: ["storage.buckets.setIamPolicy", "storage.buckets.update"],
    async send(access, { bucket, requestBody }, { signal }) {
      const api = await access.clients.storage();
      await api.buckets.patch({ bucket, requestBody }, { signal });
      return null;
    },
    command: ({ bucket, requestBody }) =>
      gcloud("storage buckets update", [`gs://${bucket}`], {
        "public-access-prevention": requestBody.iamConfiguration.publicAccessPrevention === "enforced",
      }),
  }),
  defineGcpCall({
    api: "gcp.storage.buckets.setIamPolicy",
    input: Bucket.extend(PolicyChange.shape),
    permissions: ["storage.buckets.getIamPolicy", "storage.buckets.setIamPolicy"],
    async send(access, { bucket, ...change }, { signal }) {
      const api = await access.clients.storage();
      await readModifyWrite(
        async () =>
          (await api.buckets.getIamPolicy({ bucket, optionsRequestedPolicyVersion: 3 }, { signal })).data,
        async (policy) => {
          const present = grantsFrom(policy.bindings);
          const wanted = changeGrants(present, change);
          const { remove, add } = differenceOf(present, wanted);
          if (remove.length + add.length === 0) return;
          const requestBody = {
            bindings: writtenBindings(wanted) as object[],
            version: versionOf(wanted),
            ...(policy.etag ? { etag: policy.etag } : {}),
          };
          await api.buckets.setIamPolicy({ bucket, requestBody }, { signal });
        },
      );
      return null;
    },
    command: ({ bucket, ...change }) => policyCommands("storage buckets", `gs://${bucket}`, change),
  }),
  defineGcpCall({
    api: "gcp.storage.defaultObjectAccessControls.delete",
    input: Entity,
    permissions: changingAcls,
    async send(access, { bucket, entity }, { signal }) {
      const api = await access.clients.storage();
      await unlessMissing(() => api.defaultObjectAccessControls.delete({ bucket, entity }, { signal }));
      return null;
    },
    command: ({ bucket, entity }) =>
      gcloud("storage buckets update", [`gs://${bucket}`], { "remove-default-object-acl-grant": entity }),
  }),
  defineGcpCall({
    api: "gcp.storage.defaultObjectAccessControls.insert",
    input: Entity.extend({ role: z.enum(["READER", "OWNER"]) }),
    permissions: changingAcls,
    // An entity has one entry, which is replaced.
    async send(access, { bucket, entity, role }, { signal }) {
      const api = await access.clients.storage();
      await api.defaultObjectAccessControls.insert({ bucket, requestBody: { entity, role } }, { signal });
      return null;
    },
    command: ({ bucket, entity, role }) =>
      gcloud("storage buckets update", [`gs://${bucket}`], {
        "add-default-object-acl-grant": [`entity=${entity}`, `role=${role}`],
      }),
  }),
];
