import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { Exceptions } from "./cidrs.ts";
import { unlessMissing } from "./define-call.ts";
import { type FirewallRule, ruleFrom } from "./firewall-state.ts";
import { companionName, narrowFirewall } from "./narrow-firewall.ts";

/** The rule, and the one of the name that its companion has or would have. */
type State = { rule: FirewallRule; companion: FirewallRule | null };

export const restrictFirewall = defineOperation<"gcp", State, { exceptions: string[] }>({
  id: "gcp.compute.restrict-firewall",
  cloud: "gcp",
  title: "Remove what the rule opens to the internet",
  kinds: ["gcp.compute.firewall"],
  parameters: z.object({ exceptions: Exceptions }),
  reads: ["compute.firewalls.get"],
  calls: ["gcp.compute.firewalls.insert", "gcp.compute.firewalls.patch", "gcp.compute.firewalls.delete"],

  async read(access, { target, signal }) {
    const api = await access.clients.compute();
    const readRule = (firewall: string) =>
      unlessMissing(async () =>
        ruleFrom((await api.firewalls.get({ project: target.account, firewall }, { signal })).data),
      );
    const rule = await readRule(target.name);
    if (!rule) return null;
    return { rule, companion: (await readRule(companionName(target.name))) ?? null };
  },

  plan({ rule, companion }, { exceptions }, target) {
    const narrowed = narrowFirewall(rule, exceptions);
    if ("nothing" in narrowed) return { outcome: "nothing", reason: narrowed.nothing };
    if ("refused" in narrowed) return { outcome: "refused", reason: narrowed.refused };
    const { notes } = narrowed;
    const project = target.account;
    const change = patch(project, rule, narrowed.rule);
    if (!narrowed.companion || same(narrowed.companion, companion)) {
      return { outcome: "change", after: { rule: narrowed.rule, companion }, calls: change, notes };
    }
    if (companion) {
      return {
        outcome: "refused",
        reason: `What has to stay would go to a rule ${companion.name}, and there is another of that name.`,
      };
    }
    // First the one that lets in who may stay, so that they are not cut off in between.
    const insert = {
      id: "insert",
      api: "gcp.compute.firewalls.insert",
      input: { project, requestBody: narrowed.companion },
    };
    return {
      outcome: "change",
      after: { rule: narrowed.rule, companion: narrowed.companion },
      calls: [insert, ...change],
      notes,
    };
  },

  wayBack(before, present, target) {
    const project = target.account;
    const made = before.companion === null ? present.companion : null;
    const remove = {
      id: "delete",
      api: "gcp.compute.firewalls.delete",
      input: { project, firewall: made?.name ?? "" },
    };
    return { calls: [...patch(project, present.rule, before.rule), ...(made ? [remove] : [])] };
  },
});

/** Brings a rule from one form to another by what differs. */
function patch(project: string, from: FirewallRule, to: FirewallRule): PlannedCall[] {
  const { allowed, sourceRanges, disabled } = to;
  const requestBody = {
    ...(same(allowed, from.allowed) ? {} : { allowed }),
    ...(same(sourceRanges, from.sourceRanges) ? {} : { sourceRanges }),
    ...(disabled === from.disabled ? {} : { disabled }),
  };
  if (Object.keys(requestBody).length === 0) return [];
  const input = { project, firewall: from.name, requestBody };
  return [{ id: "patch", api: "gcp.compute.firewalls.patch", input }];
}

const same = (a: object | null, b: object | null): boolean => canonicalJson(a) === canonicalJson(b);
