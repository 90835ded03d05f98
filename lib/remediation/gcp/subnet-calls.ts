import { z } from "zod";
import { gcloud } from "./command.ts";
import { defineGcpCall, readModifyWrite } from "./define-call.ts";
import { finish, waiting } from "./wait.ts";

const LogConfig = z.discriminatedUnion("enable", [
  z.object({ enable: z.literal(false) }),
  z.object({
    enable: z.literal(true),
    aggregationInterval: z.string().max(50),
    flowSampling: z.number().min(0).max(1),
    metadata: z.string().max(50),
    metadataFields: z.array(z.string().max(200)).max(100),
    filterExpr: z.string().max(5_000).nullable(),
  }),
]);
export type LogConfig = z.infer<typeof LogConfig>;

export const subnetCalls = [
  defineGcpCall({
    api: "gcp.compute.subnetworks.patch",
    input: z.object({
      project: z.string().min(1).max(100),
      region: z.string().min(1).max(100),
      subnetwork: z.string().min(1).max(63),
      requestBody: z.object({ logConfig: LogConfig }),
    }),
    permissions: ["compute.subnetworks.get", "compute.subnetworks.update", waiting.region],
    async send(access, { project, region, subnetwork, requestBody: { logConfig } }, { signal }) {
      const api = await access.clients.compute();
      const at = { project, region, subnetwork };
      const { metadataFields = [], ...settings } = { metadataFields: undefined, ...logConfig };
      const wanted = { ...settings, ...(metadataFields.length > 0 ? { metadataFields } : {}) };
      await readModifyWrite(
        async () => (await api.subnetworks.get(at, { signal })).data,
        async ({ fingerprint }) => {
          const requestBody = { logConfig: wanted, fingerprint: fingerprint ?? null };
          const { data } = await api.subnetworks.patch({ ...at, requestBody }, { signal });
          await finish(access, { project, region }, data, signal);
        },
      );
      return null;
    },
    command: ({ project, region, subnetwork, requestBody: { logConfig } }) =>
      gcloud("compute networks subnets update", [subnetwork], {
        project,
        region,
        "enable-flow-logs": logConfig.enable,
        ...(logConfig.enable
          ? {
              "logging-aggregation-interval": kebab(logConfig.aggregationInterval),
              "logging-flow-sampling": logConfig.flowSampling,
              "logging-metadata": kebab(logConfig.metadata.replace(/_METADATA$/, "")),
              "logging-metadata-fields":
                logConfig.metadataFields.length > 0 ? logConfig.metadataFields : undefined,
              "logging-filter-expr": logConfig.filterExpr ?? undefined,
            }
          : {}),
      }),
  }),
];

const kebab = (name: string): string => name.toLowerCase().replaceAll("_", "-");
