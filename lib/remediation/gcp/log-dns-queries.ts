import { createHash } from "node:crypto";
import type { dns_v1 } from "googleapis/build/src/apis/dns/v1.js";
import { z } from "zod";
import { required } from "#lib/inventory/answers.ts";
import { fullName } from "#lib/inventory/gcp/compute-common.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";

/** A DNS server policy that is on the network, with the other networks that it is on. */
type Policy = { name: string; logging: boolean; others: string[] };
/** A network has one such policy at most; `taken`: the name for a new one is another's. */
type State = { policy: Policy | null; taken: boolean };

export const logDnsQueries = defineOperation<"gcp", State, Record<string, never>>({
  id: "gcp.dns.log-queries",
  cloud: "gcp",
  title: "Log the network's DNS queries",
  kinds: ["gcp.compute.network"],
  parameters: z.object({}),
  reads: ["compute.networks.get", "dns.policies.list"],
  calls: ["gcp.dns.policies.create", "gcp.dns.policies.patch", "gcp.dns.policies.delete"],

  async read(access, { target, signal }) {
    const compute = await access.clients.compute();
    const network = { project: target.account, network: target.name };
    if (!(await unlessMissing(() => compute.networks.get(network, { signal })))) return null;
    const api = await access.clients.dns();
    const policies: dns_v1.Schema$Policy[] = [];
    let pageToken: string | undefined;
    do {
      const page = pageToken ? { pageToken } : {};
      const { data } = await api.policies.list({ project: target.account, ...page }, { signal });
      policies.push(...(data.policies ?? []));
      pageToken = data.nextPageToken || undefined;
    } while (pageToken);
    const found = policies.find((policy) => networksOf(policy).includes(target.uid));
    return {
      policy: found
        ? {
            name: required(found.name, "name"),
            logging: found.enableLogging ?? false,
            others: networksOf(found).filter((uid) => uid !== target.uid),
          }
        : null,
      taken: policies.some((policy) => policy !== found && policy.name === policyName(target.name)),
    };
  },

  plan({ policy, taken }, _parameters, { account: project, name, uid }) {
    if (policy?.logging)
      return { outcome: "nothing", reason: "The network's DNS queries are logged already." };
    const notes = ["Each query is a log entry, which Cloud Logging charges for beyond its free share."];
    if (policy) {
      const also = policy.others.map((other) => other.slice(other.lastIndexOf("/") + 1));
      return {
        outcome: "change",
        after: { policy: { ...policy, logging: true }, taken },
        calls: [patch(project, policy.name, { enableLogging: true })],
        notes: [
          ...notes,
          ...(also.length > 0
            ? [`The policy is also on ${also.join(", ")}: their queries are logged, too.`]
            : []),
        ],
      };
    }
    if (taken) {
      return {
        outcome: "refused",
        reason: `There is a DNS server policy ${policyName(name)} already, on other networks.`,
      };
    }
    const network = `https://www.googleapis.com/compute/v1/${uid.slice("//compute.googleapis.com/".length)}`;
    const input = { project, name: policyName(name), network };
    return {
      outcome: "change",
      after: { policy: { name: policyName(name), logging: true, others: [] }, taken: false },
      calls: [{ id: "create", api: "gcp.dns.policies.create", input }],
      notes,
    };
  },

  wayBack(before, present, { account: project, name: network }) {
    const { policy } = present;
    if (before.policy) {
      const { name, logging } = before.policy;
      return { calls: policy?.logging === logging ? [] : [patch(project, name, { enableLogging: logging })] };
    }
    // Half-way back, the new one has let go of the network, and shows by its name alone.
    const name = policy?.name ?? (present.taken && !before.taken ? policyName(network) : null);
    if (name === null) return { calls: [] };
    // A policy has to let go of its networks before it can be deleted.
    return {
      calls: [
        patch(project, name, { networks: [] }),
        { id: "delete", api: "gcp.dns.policies.delete", input: { project, policy: name } },
      ],
    };
  },
});

const patch = (
  project: string,
  policy: string,
  requestBody: { enableLogging: boolean } | { networks: [] },
): PlannedCall => ({
  id: "patch",
  api: "gcp.dns.policies.patch",
  input: { project, policy, requestBody },
});

const networksOf = ({ networks }: dns_v1.Schema$Policy): string[] =>
  (networks ?? []).map(({ networkUrl }) => fullName(required(networkUrl, "networkUrl"))).sort();

/** Names of policies have 63 characters at most. */
function policyName(network: string): string {
  const name = `parapet-dns-log-${network}`;
  if (name.length <= 63) return name;
  return `parapet-dns-log-${createHash("sha256").update(network).digest("hex").slice(0, 16)}`;
}
