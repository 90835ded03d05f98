import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { rangeOf } from "#lib/checks/ip-ranges.ts";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import type { Json, PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { nameIn, orGone } from "./azure-call.ts";
import { closedChecks, narrowRules } from "./nsg-closings.ts";
import { layOut } from "./nsg-layout.ts";
import { byPriority, NsgRule, nsgRuleOf } from "./security-rule.ts";

/** The group's own rules, by direction and priority, each as a PUT takes it. */
type State = { rules: { [field: string]: Json }[] };

const Parameters = z.object({
  /** The checks to be fixed; those about something else are left out. */
  checks: z.array(z.string()),
  /** CIDRs that keep their way in, where they have one. */
  exceptions: z
    .array(z.string().refine((cidr) => rangeOf(cidr).length > 0, "A range such as 203.0.113.0/24."))
    .max(100)
    .default([]),
});

export const restrictInbound = defineOperation<"azure", State, z.output<typeof Parameters>>({
  id: "azure.network.restrict-inbound",
  cloud: "azure",
  title: "Remove what opens the group to the internet",
  kinds: ["azure.network.security-group"],
  parameters: Parameters,
  reads: ["Microsoft.Network/networkSecurityGroups/read"],
  calls: ["azure.network.securityRules.createOrUpdate", "azure.network.securityRules.delete"],

  async read({ clients }, { target, signal }) {
    const group = await orGone(() =>
      clients.network.networkSecurityGroups.get(resourceGroupOf(target.uid), nameIn(target.uid), {
        abortSignal: signal,
      }),
    );
    return group && { rules: (group.securityRules ?? []).map(nsgRuleOf).sort(byPriority).map(toJson) };
  },

  plan(state, { checks, exceptions }, target) {
    const wanted = checks.filter((check) => closedChecks.includes(check));
    if (!wanted.length) return { outcome: "refused", reason: "None of the findings is about open ports." };
    const rules = rulesIn(state);
    const inbound = rules.filter(({ direction }) => direction === "Inbound");
    const narrowing = narrowRules(inbound, wanted, exceptions);
    if ("refused" in narrowing) return { outcome: "refused", reason: narrowing.refused };
    const layout = layOut(rules, narrowing.narrowed);
    if ("refused" in layout) return { outcome: "refused", reason: layout.refused };
    const { written, deleted, after } = layout;
    if (!written.length && !deleted.length) {
      return { outcome: "nothing", reason: "The group keeps the internet out already." };
    }
    return {
      outcome: "change",
      after: { rules: after.map(toJson) },
      calls: [...written.map((rule) => put(target, rule)), ...deleted.map((name) => remove(target, name))],
      notes: [...narrowing.notes, withinNetwork],
    };
  },

  wayBack(before, present, target) {
    const wanted = rulesIn(before);
    const found = new Map(rulesIn(present).map((rule) => [rule.name, canonicalJson(rule)]));
    const names = new Set(wanted.map(({ name }) => name));
    return {
      calls: [
        ...wanted
          .filter((rule) => found.get(rule.name) !== canonicalJson(rule))
          .map((rule) => put(target, rule)),
        ...[...found.keys()].filter((name) => !names.has(name)).map((name) => remove(target, name)),
      ],
    };
  },
});

const withinNetwork =
  "Machines of the virtual network and the load balancer's probes still come in, by Azure's default rules.";

const toJson = (rule: NsgRule): { [field: string]: Json } =>
  Object.fromEntries(
    Object.entries(rule).flatMap(([field, value]): [string, Json][] =>
      value === undefined ? [] : [[field, value]],
    ),
  );

const rulesIn = ({ rules }: State): NsgRule[] => rules.map((rule) => NsgRule.parse(rule));

const put = ({ uid }: Target, rule: NsgRule): PlannedCall => ({
  id: `put-${rule.name}`,
  api: "azure.network.securityRules.createOrUpdate",
  input: { groupId: uid, rule: toJson(rule) },
});

const remove = ({ uid }: Target, name: string): PlannedCall => ({
  id: `delete-${name}`,
  api: "azure.network.securityRules.delete",
  input: { groupId: uid, name },
});
