import type { DefenderPlan } from "#lib/inventory/azure/defender.kinds.ts";

/** A plan with the extensions that are on. */
export const plan = (name: string, tier: DefenderPlan["tier"], ...extensions: string[]): DefenderPlan => ({
  name,
  tier,
  subPlan: null,
  extensions: extensions.map((extension) => ({ name: extension, enabled: true })),
});
