import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { AzureDefenderKinds } from "#lib/inventory/azure/defender.kinds.ts";

type Defender = AzureDefenderKinds["azure.defender.subscription"];

const neverSetUp = "Defender for Cloud was never set up for the subscription.";

/**
 * All that the checks of single plans have in common.
 *
 * @param plan Azure's name of the plan, such as `VirtualMachines`.
 * @param name What people call it, such as `Defender for Servers`.
 * @param page The page of learn.microsoft.com/azure/defender-for-cloud that is about it.
 */
export const defenderPlan = (plan: string, name: string, page: string) => ({
  severity: "medium" as const,
  resource: "azure.defender.subscription" as const,
  permissions: ["Microsoft.Security/pricings/read"],
  remediation: {
    text: `Switch ${name} on for the subscription; it is billed for what it protects.`,
    url: `https://learn.microsoft.com/azure/defender-for-cloud/${page}`,
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      `Defender plans: set ${name} to On.`,
      "Save.",
    ],
    cli: `az security pricing create --name ${plan} --tier standard --subscription {account}`,
    terraform: `resource "azurerm_security_center_subscription_pricing" "${plan.toLowerCase()}" {
  tier          = "Standard"
  resource_type = "${plan}"
}`,
  },
  evaluate: ({ plans }: Defender) => judgePlan(plans, plan, name),
});

function judgePlan(plans: Defender["plans"], plan: string, name: string): Verdict {
  if (plans === null) return fail(neverSetUp, "/plans");
  const at = plans?.findIndex((one) => one.name.toLowerCase() === plan.toLowerCase()) ?? -1;
  const found = plans?.[at];
  // Azure lists every plan that the subscription could have, on or off.
  if (!found) return unknown(`plan ${name}`);
  return found.tier === "Standard" ? pass() : fail(`${name} is off.`, `/plans/${at}/tier`);
}

/** Judges a part of the plan for servers, by Azure's name of the extension. */
export function judgeServersExtension({ plans }: Defender, extension: string, name: string): Verdict {
  if (plans === null) return fail(neverSetUp, "/plans");
  const at = plans?.findIndex((plan) => plan.name === "VirtualMachines") ?? -1;
  const servers = plans?.[at];
  if (!servers) return unknown("plan Defender for Servers");
  if (servers.tier !== "Standard")
    return fail(`${name} is off, as Defender for Servers is.`, `/plans/${at}/tier`);
  const isOn = servers.extensions.some((one) => one.name === extension && one.enabled);
  return isOn ? pass() : fail(`${name} is off.`, `/plans/${at}/extensions`);
}
