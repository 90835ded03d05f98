import { notFound } from "next/navigation";
import type { Permission } from "#lib/auth/permissions.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { recordRefusal } from "../api/answer.ts";

/** A request has one scope, and its layout and its page may both ask. */
const told = new WeakSet<Scope>();

/**
 * Lets on who has the permission; for anybody else there is no such page, and the trail says that they asked for it. With
 * `everyAccount`, also for who sees only some accounts.
 */
export async function requireOnPage(
  scope: Scope,
  permission: Permission,
  { everyAccount = false }: { everyAccount?: boolean } = {},
): Promise<void> {
  try {
    scope.require(permission);
    if (everyAccount) scope.requireEveryAccount();
  } catch (error) {
    if (!told.has(scope)) {
      told.add(scope);
      await recordRefusal(scope, error);
    }
    notFound();
  }
}
