import { MalformedAnswer } from "#lib/inventory/answers.ts";

/** What one role assignment grants: actions, less exceptions. Exceptions of one take nothing from another. */
export type Grant = { actions: readonly string[]; notActions: readonly string[] };

/** Reads an item of `Microsoft.Authorization/permissions`. */
export function readGrant(item: Record<string, unknown>): Grant {
  return { actions: textsIn(item, "actions"), notActions: textsIn(item, "notActions") };
}

function textsIn(item: Record<string, unknown>, field: string): readonly string[] {
  const value = item[field] ?? [];
  if (!Array.isArray(value)) throw new MalformedAnswer(`The answer's ${field} is no list.`);
  return value.map((each: unknown) => {
    if (typeof each !== "string") throw new MalformedAnswer(`The answer's ${field} holds what is no action.`);
    return each;
  });
}

export const isAllowedByAny = (grants: readonly Grant[], action: string): boolean =>
  grants.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => covers(pattern, action)) &&
      !notActions.some((pattern) => covers(pattern, action)),
  );

/** Whether a pattern, in which `*` stands for any text, names the action; case doesn't count. */
export function covers(pattern: string, action: string): boolean {
  const [head = "", ...rest] = pattern.toLowerCase().split("*");
  const text = action.toLowerCase();
  if (rest.length === 0) return text === head;
  if (!text.startsWith(head)) return false;
  const tail = rest.pop() ?? "";
  let at = head.length;
  // The earliest place for each part leaves the most room for those after it.
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
