import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { z } from "zod";
import { ActionRefused } from "../action-handler.ts";
import type { AccessOf } from "../operation.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall, readModifyWrite, unlessMissing } from "./define-call.ts";
import { finish, waiting } from "./wait.ts";

const RequestLog = z.discriminatedUnion("enable", [
  z.object({ enable: z.literal(false) }),
  z.object({ enable: z.literal(true), sampleRate: z.number().min(0).max(1) }),
]);
export type RequestLog = z.infer<typeof RequestLog>;

/** `region` is `global` for a backend service of all regions. */
type Place = { project: string; region: string; backendService: string };

/** Null when there is none of the name. */
export async function readBackendService(
  access: AccessOf<"gcp">,
  { project, region, backendService }: Place,
  signal: AbortSignal,
): Promise<compute_v1.Schema$BackendService | null> {
  const api = await access.clients.compute();
  const found = await unlessMissing(() =>
    region === "global"
      ? api.backendServices.get({ project, backendService }, { signal })
      : api.regionBackendServices.get({ project, region, backendService }, { signal }),
  );
  return found?.data ?? null;
}

export const backendCalls = [
  defineGcpCall({
    api: "gcp.compute.backendServices.patch",
    input: z.object({
      project: z.string().min(1).max(100),
      region: z.string().min(1).max(100),
      backendService: z.string().min(1).max(63),
      logConfig: RequestLog,
    }),
    permissions: [
      "compute.backendServices.get",
      "compute.backendServices.update",
      "compute.regionBackendServices.get",
      "compute.regionBackendServices.update",
      waiting.global,
      waiting.region,
    ],
    async send(access, { logConfig, ...place }, { signal }) {
      const api = await access.clients.compute();
      const { project, region, backendService } = place;
      await readModifyWrite(
        () => readBackendService(access, place, signal),
        async (present) => {
          if (!present) throw new ActionRefused("gone", "The backend service is gone.");
          const requestBody = { logConfig, fingerprint: present.fingerprint ?? null };
          const isGlobal = region === "global";
          const { data } = isGlobal
            ? await api.backendServices.patch({ project, backendService, requestBody }, { signal })
            : await api.regionBackendServices.patch(
                { project, region, backendService, requestBody },
                { signal },
              );
          await finish(access, { project, ...(isGlobal ? {} : { region }) }, data, signal);
        },
      );
      return null;
    },
    command: ({ project, region, backendService, logConfig }) =>
      gcloud("compute backend-services update", [backendService], {
        project,
        ...(region === "global" ? { global: true } : { region }),
        "enable-logging": logConfig.enable,
        ...(logConfig.enable ? { "logging-sample-rate": logConfig.sampleRate } : {}),
      }),
  }),
];
