import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { mayServeRequests } from "#lib/checks/gcp/compute/backend-service-logging.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { type RequestLog, readBackendService } from "./backend-calls.ts";

/** Google keeps the rate only while requests are logged. */
type State = { scheme: string | null; protocol: string | null; logConfig: RequestLog };

export const logRequests = defineOperation<"gcp", State, { sampling: number }>({
  id: "gcp.compute.log-requests",
  cloud: "gcp",
  title: "Log the requests to the load balancer's backend service",
  kinds: ["gcp.compute.backend-service"],
  parameters: z.object({ sampling: z.number().gt(0).max(1).default(1) }),
  reads: ["compute.backendServices.get", "compute.regionBackendServices.get"],
  calls: ["gcp.compute.backendServices.patch"],

  async read(access, { target, signal }) {
    const found = await readBackendService(access, placeOf(target), signal);
    if (!found) return null;
    const { loadBalancingScheme, protocol, logConfig } = found;
    return {
      scheme: loadBalancingScheme ?? null,
      protocol: protocol ?? null,
      logConfig: logConfig?.enable
        ? { enable: true, sampleRate: logConfig.sampleRate ?? 1 }
        : { enable: false },
    };
  },

  plan(state, { sampling }, target) {
    const { scheme, protocol, logConfig } = state;
    if (!mayServeRequests(scheme ?? undefined, protocol ?? undefined)) {
      return { outcome: "nothing", reason: "The backend service serves no requests that could be logged." };
    }
    if (logConfig.enable && logConfig.sampleRate > 0) {
      return { outcome: "nothing", reason: "The requests are logged already." };
    }
    const after: State = { ...state, logConfig: { enable: true, sampleRate: sampling } };
    return {
      outcome: "change",
      after,
      calls: change(target, state, after),
      notes: [
        `Of the requests, ${Math.round(sampling * 100)} % are logged, which Cloud Logging charges for.`,
      ],
    };
  },

  wayBack: (before, present, target) => ({ calls: change(target, present, before) }),
});

const placeOf = ({ account: project, region, name: backendService }: Target) => ({
  project,
  region,
  backendService,
});

function change(target: Target, { logConfig: from }: State, { logConfig: to }: State): PlannedCall[] {
  if (canonicalJson(from) === canonicalJson(to)) return [];
  const input = { ...placeOf(target), logConfig: to };
  return [{ id: "patch", api: "gcp.compute.backendServices.patch", input }];
}
