import type { Access } from "#sandbox/azure/model.ts";

const patterns = new Map<string, RegExp>();

/** Whether Azure RBAC grants an action: one of the actions covers it, and none of those taken out again does. */
export const allows = ({ actions, notActions }: Access, action: string): boolean =>
  actions.some((pattern) => covers(pattern, action)) &&
  !notActions.some((pattern) => covers(pattern, action));

function covers(pattern: string, action: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "i");
    patterns.set(pattern, compiled);
  }
  return compiled.test(action);
}
