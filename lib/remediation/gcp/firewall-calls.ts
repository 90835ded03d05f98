import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { ActionRefused } from "../action-handler.ts";
import type { AccessOf } from "../operation.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall, unlessMissing } from "./define-call.ts";
import { type FirewallRule, ruleFrom, type Traffic } from "./firewall-state.ts";
import { finish, waiting } from "./wait.ts";

const Project = z.string().min(1).max(100);
const Name = z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
const Texts = z.array(z.string().max(300)).max(5_000);
const TrafficList = z
  .array(z.object({ IPProtocol: z.string().max(20), ports: z.array(z.string().regex(/^\d+(-\d+)?$/)) }))
  .max(500);
const Rule = z.object({
  name: Name,
  network: z.string().max(500),
  direction: z.literal("INGRESS"),
  priority: z.int().min(0).max(65_535),
  disabled: z.boolean(),
  allowed: TrafficList,
  denied: TrafficList,
  sourceRanges: Texts,
  sourceTags: Texts,
  sourceServiceAccounts: Texts,
  destinationRanges: Texts,
  targetTags: Texts,
  targetServiceAccounts: Texts,
  description: z.string().max(3_000),
  logConfig: z.object({ enable: z.boolean(), metadata: z.string().nullable() }),
});
const Change = z.object({
  allowed: TrafficList.optional(),
  sourceRanges: Texts.optional(),
  disabled: z.boolean().optional(),
});

/** Changing a rule is changing the network's policy. */
const changing = (verb: string) => [
  `compute.firewalls.${verb}`,
  "compute.networks.updatePolicy",
  waiting.global,
];

export const firewallCalls = [
  defineGcpCall({
    api: "gcp.compute.firewalls.insert",
    input: z.object({ project: Project, requestBody: Rule }),
    permissions: [...changing("create"), "compute.firewalls.get"],
    async send(access, { project, requestBody }, { signal }) {
      const api = await access.clients.compute();
      const found = await findRule(access, project, requestBody, signal);
      if (found === "other") {
        throw new ActionRefused("drift", `There is another rule ${requestBody.name} by now.`);
      }
      if (found) return null;
      const body = bodyOf(requestBody);
      const { data } = await api.firewalls.insert({ project, requestBody: body }, { signal });
      await finish(access, { project }, data, signal);
      return null;
    },
    find: async (access, { project, requestBody }, { signal }) =>
      (await findRule(access, project, requestBody, signal)) === "same" ? { name: requestBody.name } : null,
    command: ({ project, requestBody: rule }) =>
      gcloud("compute firewall-rules create", [rule.name], {
        project,
        network: lastStep(rule.network),
        direction: rule.direction,
        priority: rule.priority,
        allow: sayTraffic(rule.allowed),
        "source-ranges": given(rule.sourceRanges),
        "source-tags": given(rule.sourceTags),
        "source-service-accounts": given(rule.sourceServiceAccounts),
        "destination-ranges": given(rule.destinationRanges),
        "target-tags": given(rule.targetTags),
        "target-service-accounts": given(rule.targetServiceAccounts),
        description: rule.description || undefined,
        "enable-logging": rule.logConfig.enable || undefined,
        "logging-metadata": rule.logConfig.metadata?.startsWith("EXCLUDE") ? "exclude-all" : undefined,
      }),
  }),
  defineGcpCall({
    api: "gcp.compute.firewalls.patch",
    input: z.object({ project: Project, firewall: Name, requestBody: Change }),
    permissions: changing("update"),
    async send(access, { project, firewall, requestBody }, { signal }) {
      const api = await access.clients.compute();
      const { allowed, sourceRanges, disabled } = requestBody;
      const body = {
        ...(allowed ? { allowed: allowed.map(writtenTraffic) } : {}),
        ...(sourceRanges ? { sourceRanges } : {}),
        ...(disabled === undefined ? {} : { disabled }),
      };
      const { data } = await api.firewalls.patch({ project, firewall, requestBody: body }, { signal });
      await finish(access, { project }, data, signal);
      return null;
    },
    command: ({ project, firewall, requestBody: { allowed, sourceRanges, disabled } }) =>
      gcloud("compute firewall-rules update", [firewall], {
        project,
        allow: allowed && sayTraffic(allowed),
        "source-ranges": sourceRanges,
        disabled,
      }),
  }),
  defineGcpCall({
    api: "gcp.compute.firewalls.delete",
    input: z.object({ project: Project, firewall: Name }),
    permissions: changing("delete"),
    async send(access, { project, firewall }, { signal }) {
      const api = await access.clients.compute();
      await unlessMissing(async () => {
        const { data } = await api.firewalls.delete({ project, firewall }, { signal });
        await finish(access, { project }, data, signal);
      });
      return null;
    },
    command: ({ project, firewall }) =>
      gcloud("compute firewall-rules delete", [firewall], { project, quiet: true }),
  }),
];

/** Names are unique, so a rule of the name is the one that was made, or somebody else's. */
async function findRule(
  access: AccessOf<"gcp">,
  project: string,
  wanted: FirewallRule,
  signal: AbortSignal,
): Promise<"same" | "other" | null> {
  const api = await access.clients.compute();
  const found = await unlessMissing(() => api.firewalls.get({ project, firewall: wanted.name }, { signal }));
  if (!found) return null;
  return canonicalJson(ruleFrom(found.data)) === canonicalJson(wanted) ? "same" : "other";
}

const writtenTraffic = ({ IPProtocol, ports }: Traffic) => ({
  IPProtocol,
  ...(ports.length > 0 ? { ports } : {}),
});

/** What is empty is left out: an empty list of sources or targets beside another kind is not always taken. */
function bodyOf({ allowed, denied: _none, logConfig, ...rule }: FirewallRule) {
  const lists = Object.entries(rule).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  const { enable, metadata } = logConfig;
  return {
    ...Object.fromEntries(lists),
    allowed: allowed.map(writtenTraffic),
    logConfig: { enable, ...(metadata === null ? {} : { metadata }) },
  };
}

const given = (list: readonly string[]) => (list.length > 0 ? list : undefined);
const lastStep = (link: string): string => link.slice(link.lastIndexOf("/") + 1);
/** Such as `tcp:22`, `udp`. */
const sayTraffic = (traffic: readonly Traffic[]): string[] =>
  traffic.flatMap(({ IPProtocol, ports }) =>
    ports.length > 0 ? ports.map((port) => `${IPProtocol}:${port}`) : [IPProtocol],
  );
