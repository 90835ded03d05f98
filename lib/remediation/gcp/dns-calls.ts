import { z } from "zod";
import { fullName } from "#lib/inventory/gcp/compute-common.ts";
import { ActionRefused } from "../action-handler.ts";
import type { Json } from "../model.ts";
import type { AccessOf } from "../operation.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall, unlessMissing } from "./define-call.ts";

const Project = z.string().min(1).max(100);
const Create = z.object({ project: Project, name: z.string().max(63), network: z.url().max(500) });
const description = "Logs the queries of the network";

export const dnsCalls = [
  defineGcpCall({
    api: "gcp.dns.policies.create",
    input: Create,
    permissions: [
      "compute.networks.get",
      "dns.networks.bindPrivateDNSPolicy",
      "dns.policies.create",
      "dns.policies.get",
    ],
    async send(access, input, { signal }) {
      if (await findPolicy(access, input, signal)) return null;
      const api = await access.clients.dns();
      const { project, name, network } = input;
      const networks = [{ kind: "dns#policyNetwork", networkUrl: network }];
      const requestBody = { name, description, enableLogging: true, networks };
      await api.policies.create({ project, requestBody }, { signal });
      return null;
    },
    find: (access, input, { signal }) => findPolicy(access, input, signal),
    command: ({ project, name, network }) =>
      gcloud("dns policies create", [name], {
        project,
        networks: network.slice(network.lastIndexOf("/") + 1),
        "enable-logging": true,
        description,
      }),
  }),
  defineGcpCall({
    api: "gcp.dns.policies.patch",
    input: z.object({
      project: Project,
      policy: z.string().max(63),
      requestBody: z.union([
        z.strictObject({ enableLogging: z.boolean() }),
        z.strictObject({ networks: z.tuple([]) }),
      ]),
    }),
    permissions: ["dns.policies.update"],
    async send(access, { project, policy, requestBody }, { signal }) {
      const api = await access.clients.dns();
      const isRelease = "networks" in requestBody;
      const send = () => api.policies.patch({ project, policy, requestBody }, { signal });
      // What is to let go of its networks and is gone has done so.
      await (isRelease ? unlessMissing(send) : send());
      return null;
    },
    command: ({ project, policy, requestBody }) =>
      gcloud("dns policies update", [policy], {
        project,
        ...("networks" in requestBody ? { networks: [] } : { "enable-logging": requestBody.enableLogging }),
      }),
  }),
  defineGcpCall({
    api: "gcp.dns.policies.delete",
    input: z.object({ project: Project, policy: z.string().max(63) }),
    permissions: ["dns.policies.delete"],
    async send(access, { project, policy }, { signal }) {
      const api = await access.clients.dns();
      await unlessMissing(() => api.policies.delete({ project, policy }, { signal }));
      return null;
    },
    command: ({ project, policy }) => gcloud("dns policies delete", [policy], { project }),
  }),
];

/** Names are unique: a policy of the name that logs for the network alone is the one that was made. */
async function findPolicy(
  access: AccessOf<"gcp">,
  { project, name, network }: z.infer<typeof Create>,
  signal: AbortSignal,
): Promise<Json> {
  const api = await access.clients.dns();
  const found = await unlessMissing(() => api.policies.get({ project, policy: name }, { signal }));
  if (!found) return null;
  const networks = (found.data.networks ?? []).map(({ networkUrl }) => fullName(networkUrl ?? ""));
  if (!found.data.enableLogging || networks.length !== 1 || networks[0] !== fullName(network)) {
    throw new ActionRefused("drift", `There is another DNS server policy ${name} by now.`);
  }
  return { name };
}
