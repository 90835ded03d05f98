import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import type { IngressRule } from "#lib/checks/gcp/firewall-exposure.ts";
import { ruleOfFirewall } from "#lib/checks/gcp/firewall-rules.ts";
import { required } from "#lib/inventory/answers.ts";
import type { FirewallTraffic } from "#lib/inventory/gcp/compute.kinds.ts";

/** A protocol with its ports, as the API writes it; no ports stand for all of them. */
export type Traffic = { IPProtocol: string; ports: string[] };

/** A VPC firewall rule with all that can be set on it. Sets are in order; ports are as they were written. */
export type FirewallRule = {
  name: string;
  /** Its link, as the API writes it. */
  network: string;
  direction: string;
  priority: number;
  disabled: boolean;
  allowed: Traffic[];
  denied: Traffic[];
  sourceRanges: string[];
  sourceTags: string[];
  sourceServiceAccounts: string[];
  destinationRanges: string[];
  targetTags: string[];
  targetServiceAccounts: string[];
  description: string;
  /** `metadata` is null where nothing is logged. */
  logConfig: { enable: boolean; metadata: string | null };
};

export function ruleFrom(rule: compute_v1.Schema$Firewall): FirewallRule {
  const isLogged = rule.logConfig?.enable ?? false;
  return {
    name: required(rule.name, "name"),
    network: required(rule.network, "network"),
    direction: rule.direction ?? "INGRESS",
    priority: rule.priority ?? 1000,
    disabled: rule.disabled ?? false,
    allowed: trafficFrom(rule.allowed),
    denied: trafficFrom(rule.denied),
    sourceRanges: sorted(rule.sourceRanges),
    sourceTags: sorted(rule.sourceTags),
    sourceServiceAccounts: sorted(rule.sourceServiceAccounts),
    destinationRanges: sorted(rule.destinationRanges),
    targetTags: sorted(rule.targetTags),
    targetServiceAccounts: sorted(rule.targetServiceAccounts),
    description: rule.description ?? "",
    logConfig: {
      enable: isLogged,
      metadata: isLogged ? (rule.logConfig?.metadata ?? "INCLUDE_ALL_METADATA") : null,
    },
  };
}

export const sorted = (texts: readonly string[] | null | undefined): string[] => [...(texts ?? [])].sort();

const trafficFrom = (parts: compute_v1.Schema$Firewall["allowed"]): Traffic[] =>
  inOrder(
    (parts ?? []).map(({ IPProtocol, ports }) => ({
      IPProtocol: required(IPProtocol, "IPProtocol"),
      ports: [...(ports ?? [])],
    })),
  );

export const inOrder = (traffic: readonly Traffic[]): Traffic[] =>
  traffic.toSorted((a, b) => {
    const [left, right] = [a, b].map((part) => `${part.IPProtocol} ${part.ports.join(",")}`);
    return (left ?? "") < (right ?? "") ? -1 : 1;
  });

export const asTraffic = (traffic: readonly Traffic[]): FirewallTraffic[] =>
  traffic.map(({ IPProtocol, ports }) => ({ protocol: IPProtocol, ports }));

/** The rule as the checks judge it. */
export const asIngress = (rule: FirewallRule): IngressRule =>
  ruleOfFirewall(
    rule.name,
    {
      network: rule.network,
      direction: "INGRESS",
      priority: rule.priority,
      disabled: rule.disabled,
      action: "allow",
      traffic: asTraffic(rule.allowed),
      sourceRanges: rule.sourceRanges,
      sourceTags: rule.sourceTags,
      sourceServiceAccounts: rule.sourceServiceAccounts,
      destinationRanges: rule.destinationRanges,
      targetTags: rule.targetTags,
      targetServiceAccounts: rule.targetServiceAccounts,
      description: rule.description,
      createdAt: null,
      logging: rule.logConfig.enable,
    },
    "after",
  );
