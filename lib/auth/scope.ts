import { randomUUID } from "node:crypto";
import type { Role } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { type Permission, permissions, rolePermissions } from "./permissions.ts";

export type Actor = { kind: "user"; id: string } | { kind: "system"; id: string };

/**
 * Who asks, for which organisation, and what they may see and do. Every query takes one. The private member keeps any
 * other module from making one up: a scope comes from `userScope` or `systemScope`, and those are called in lib/auth
 * and by the worker.
 */
export class Scope {
  readonly #minted = true;
  readonly organisationId: string;
  readonly actor: Actor;
  readonly permissions: ReadonlySet<Permission>;
  /** Ids of the accounts visible; `null` means all of the organisation's. */
  readonly accountIds: readonly string[] | null;
  readonly correlationId: string;

  private constructor(
    organisationId: string,
    actor: Actor,
    allowed: Iterable<Permission>,
    accountIds: readonly string[] | null,
  ) {
    this.organisationId = organisationId;
    this.actor = actor;
    this.permissions = new Set(allowed);
    this.accountIds = accountIds;
    this.correlationId = randomUUID();
  }

  /** For lib/auth alone, after the session has been verified. */
  static ofUser(user: { id: string; organisationId: string; role: Role }): Scope {
    return new Scope(user.organisationId, { kind: "user", id: user.id }, rolePermissions[user.role], null);
  }

  /** For the worker and the set-up: the system acting within one organisation, under the name of its part. */
  static ofSystem(organisationId: string, part: string): Scope {
    return new Scope(organisationId, { kind: "system", id: part }, permissions, null);
  }

  can(permission: Permission): boolean {
    return this.#minted && this.permissions.has(permission);
  }

  require(permission: Permission): void {
    if (!this.can(permission)) {
      throw new DomainError(
        "forbidden",
        `Your role doesn't include ${permission}. Ask an administrator for it.`,
      );
    }
  }
}
