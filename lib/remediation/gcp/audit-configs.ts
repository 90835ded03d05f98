import type { cloudresourcemanager_v1 } from "googleapis/build/src/apis/cloudresourcemanager/v1.js";
import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { required } from "#lib/inventory/answers.ts";
import { ActionRefused } from "../action-handler.ts";
import type { AccessOf } from "../operation.ts";
import { curl } from "./command.ts";
import { defineGcpCall, readModifyWrite } from "./define-call.ts";

/** What of a service is logged, and who is left out. */
const AuditConfig = z.object({
  service: z.string().min(1).max(200),
  auditLogConfigs: z
    .array(
      z.object({ logType: z.string().max(50), exemptedMembers: z.array(z.string().max(1_000)).max(1_000) }),
    )
    .max(50),
});
export type AuditConfig = z.infer<typeof AuditConfig>;
type Policy = cloudresourcemanager_v1.Schema$Policy;

export async function readProjectPolicy(
  access: AccessOf<"gcp">,
  resource: string,
  signal: AbortSignal,
): Promise<Policy> {
  const api = await access.clients.cloudresourcemanager();
  const requestBody = { options: { requestedPolicyVersion: 3 } };
  return (await api.projects.getIamPolicy({ resource, requestBody }, { signal })).data;
}

/** A policy's audit configuration in one order. */
export function auditConfigsIn({ auditConfigs }: Policy): AuditConfig[] {
  const byService = new Map<string, AuditConfig["auditLogConfigs"]>();
  for (const { service, auditLogConfigs } of auditConfigs ?? []) {
    const name = required(service, "service");
    const logs = (auditLogConfigs ?? []).map(({ logType, exemptedMembers }) => ({
      logType: required(logType, "logType"),
      exemptedMembers: [...(exemptedMembers ?? [])].sort(),
    }));
    byService.set(name, [...(byService.get(name) ?? []), ...logs]);
  }
  return [...byService]
    .map(([service, logs]) => ({
      service,
      auditLogConfigs: logs.sort((a, b) => (a.logType < b.logType ? -1 : 1)),
    }))
    .sort((a, b) => (a.service < b.service ? -1 : 1));
}

const written = (configs: readonly AuditConfig[]) =>
  configs.map(({ service, auditLogConfigs }) => ({
    service,
    auditLogConfigs: auditLogConfigs.map(({ logType, exemptedMembers }) => ({
      logType,
      ...(exemptedMembers.length > 0 ? { exemptedMembers } : {}),
    })),
  }));

/** Of the policy only this part is written. The rest goes along as it was read, and under its etag. */
const updateMask = "auditConfigs,etag";

export const auditConfigCalls = [
  defineGcpCall({
    api: "gcp.cloudresourcemanager.projects.setIamPolicy",
    input: z.object({
      resource: z.string().min(1).max(100),
      from: z.array(AuditConfig).max(500),
      to: z.array(AuditConfig).max(500),
    }),
    permissions: ["resourcemanager.projects.getIamPolicy", "resourcemanager.projects.setIamPolicy"],
    async send(access, { resource, from, to }, { signal }) {
      const api = await access.clients.cloudresourcemanager();
      await readModifyWrite(
        () => readProjectPolicy(access, resource, signal),
        async (policy) => {
          const present = canonicalJson(auditConfigsIn(policy));
          if (present === canonicalJson(to)) return;
          if (present !== canonicalJson(from)) {
            throw new ActionRefused("drift", "The project's audit configuration was changed meanwhile.");
          }
          const changed = { ...policy, auditConfigs: written(to) };
          await api.projects.setIamPolicy(
            { resource, requestBody: { policy: changed, updateMask } },
            { signal },
          );
        },
      );
      return null;
    },
    command: ({ resource, to }) =>
      curl("POST", `https://cloudresourcemanager.googleapis.com/v1/projects/${resource}:setIamPolicy`, {
        policy: { auditConfigs: written(to) },
        updateMask: "auditConfigs",
      }),
  }),
];
