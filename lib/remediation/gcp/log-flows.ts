import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { subnetsWithoutFlows } from "#lib/checks/gcp/compute/subnet-flow-logs.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";
import type { LogConfig } from "./subnet-calls.ts";

/** Google keeps settings only while flows are logged. */
type State = { purpose: string; logConfig: LogConfig };

export const logFlows = defineOperation<"gcp", State, { sampling: number }>({
  id: "gcp.compute.log-flows",
  cloud: "gcp",
  title: "Turn on the subnet's flow logs",
  kinds: ["gcp.compute.subnet"],
  parameters: z.object({ sampling: z.number().gt(0).max(1).default(0.5) }),
  reads: ["compute.subnetworks.get"],
  calls: ["gcp.compute.subnetworks.patch"],

  async read(access, { target: { account: project, region, name: subnetwork }, signal }) {
    const api = await access.clients.compute();
    const found = await unlessMissing(() => api.subnetworks.get({ project, region, subnetwork }, { signal }));
    if (!found) return null;
    const { logConfig, enableFlowLogs, purpose } = found.data;
    const isOn = logConfig?.enable ?? enableFlowLogs ?? false;
    return {
      purpose: purpose ?? "PRIVATE",
      logConfig: isOn
        ? {
            enable: true,
            aggregationInterval: logConfig?.aggregationInterval ?? "INTERVAL_5_SEC",
            flowSampling: logConfig?.flowSampling ?? 0.5,
            metadata: logConfig?.metadata ?? "EXCLUDE_ALL_METADATA",
            metadataFields: [...(logConfig?.metadataFields ?? [])].sort(),
            filterExpr: logConfig?.filterExpr ?? null,
          }
        : { enable: false },
    };
  },

  plan(state, { sampling }, target) {
    const { purpose, logConfig } = state;
    if (subnetsWithoutFlows.includes(purpose)) {
      return { outcome: "nothing", reason: "The subnet holds no instances, and keeps no flow logs." };
    }
    if (logConfig.enable && logConfig.flowSampling > 0) {
      return { outcome: "nothing", reason: "The subnet's flows are logged already." };
    }
    // Whoever had set the rest, with a sampling rate of 0, keeps it.
    const wanted: LogConfig = logConfig.enable
      ? { ...logConfig, flowSampling: sampling }
      : {
          enable: true,
          aggregationInterval: "INTERVAL_5_SEC",
          flowSampling: sampling,
          metadata: "INCLUDE_ALL_METADATA",
          metadataFields: [],
          filterExpr: null,
        };
    const after = { purpose, logConfig: wanted };
    return {
      outcome: "change",
      after,
      calls: change(target, state, after),
      notes: [`Of the flows, ${Math.round(sampling * 100)} % are logged, which Cloud Logging charges for.`],
    };
  },

  wayBack: (before, present, target) => ({ calls: change(target, present, before) }),
});

function change(
  { account: project, region, name: subnetwork }: { account: string; region: string; name: string },
  from: State,
  to: State,
): PlannedCall[] {
  if (canonicalJson(from) === canonicalJson(to)) return [];
  const input = { project, region, subnetwork, requestBody: { logConfig: to.logConfig } };
  return [{ id: "patch", api: "gcp.compute.subnetworks.patch", input }];
}
