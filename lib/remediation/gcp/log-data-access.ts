import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { type AuditConfig, auditConfigsIn, readProjectPolicy } from "./audit-configs.ts";

type State = { auditConfigs: AuditConfig[] };

const everyKind = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"] as const;

export const logDataAccess = defineOperation<"gcp", State, Record<string, never>>({
  id: "gcp.resourcemanager.log-data-access",
  cloud: "gcp",
  title: "Log every read and write of every service, by everybody",
  kinds: ["gcp.resourcemanager.project"],
  parameters: z.object({}),
  reads: ["resourcemanager.projects.getIamPolicy"],
  calls: ["gcp.cloudresourcemanager.projects.setIamPolicy"],

  read: async (access, { target, signal }) => ({
    auditConfigs: auditConfigsIn(await readProjectPolicy(access, target.account, signal)),
  }),

  plan(state, _parameters, target) {
    const exempted = [
      ...new Set(
        state.auditConfigs.flatMap(({ auditLogConfigs }) =>
          auditLogConfigs.flatMap(({ exemptedMembers }) => exemptedMembers),
        ),
      ),
    ].sort();
    const own = state.auditConfigs.filter(({ service }) => service !== "allServices");
    const after: State = {
      auditConfigs: [
        ...own.map((config) => ({ ...config, auditLogConfigs: config.auditLogConfigs.map(forEverybody) })),
        { service: "allServices", auditLogConfigs: everyKind.map((logType) => forEverybody({ logType })) },
      ].sort((a, b) => (a.service < b.service ? -1 : 1)),
    };
    if (canonicalJson(after) === canonicalJson(state)) {
      return { outcome: "nothing", reason: "The project logs every kind of access, by everybody, already." };
    }
    return {
      outcome: "change",
      after,
      calls: change(target.account, state, after),
      notes: [
        "Logs of who reads and writes data can grow large, and Cloud Logging charges for what goes beyond its free share.",
        ...(exempted.length > 0 ? [`No longer exempted from logging: ${exempted.join(", ")}.`] : []),
      ],
    };
  },

  wayBack: (before, present, target) => ({ calls: change(target.account, present, before) }),
});

const forEverybody = ({ logType }: { logType: string }) => ({ logType, exemptedMembers: [] });

function change(resource: string, from: State, to: State): PlannedCall[] {
  if (canonicalJson(from) === canonicalJson(to)) return [];
  const input = { resource, from: from.auditConfigs, to: to.auditConfigs };
  return [{ id: "set", api: "gcp.cloudresourcemanager.projects.setIamPolicy", input }];
}
