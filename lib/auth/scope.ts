import { randomUUID } from "node:crypto";
import type { Role } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { type Permission, permissions, rolePermissions } from "./permissions.ts";

type ScopedUser = {
  id: string;
  organisationId: string;
  role: Role;
  accountIds?: readonly string[] | null;
};

/** From where somebody acts. */
export type Origin = {
  via: "browser" | "api";
  /** The IP address that the request came from, as far as it is known. */
  address: string | null;
};

export const browserAt = (address: string | null): Origin => ({ via: "browser", address });
export const apiAt = (address: string | null): Origin => ({ via: "api", address });

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
  /** The API token that asks; null in the browser and for the system. */
  readonly tokenId: string | null;
  readonly correlationId: string;
  /** From where; null for the system by itself. */
  readonly origin: Origin | null;

  private constructor(
    organisationId: string,
    actor: Actor,
    allowed: Iterable<Permission>,
    accountIds: readonly string[] | null,
    tokenId: string | null = null,
    origin: Origin | null = null,
  ) {
    this.organisationId = organisationId;
    this.actor = actor;
    this.permissions = new Set(allowed);
    this.accountIds = accountIds;
    this.tokenId = tokenId;
    this.correlationId = randomUUID();
    this.origin = origin;
  }

  /** For lib/auth alone, after the session has been verified. `accountIds` left out means that all are visible. */
  static ofUser(user: ScopedUser, origin: Origin | null = null): Scope {
    const actor = { kind: "user", id: user.id } as const;
    const { organisationId, role, accountIds = null } = user;
    return new Scope(organisationId, actor, rolePermissions[role], accountIds, null, origin);
  }

  /** For lib/auth alone, after the token has been verified: what both the token and its user's role allow. */
  static ofToken(
    user: ScopedUser,
    token: { id: string; permissions: readonly Permission[] },
    origin: Origin | null = null,
  ): Scope {
    const allowed = rolePermissions[user.role].filter((permission) => token.permissions.includes(permission));
    const actor = { kind: "user", id: user.id } as const;
    return new Scope(user.organisationId, actor, allowed, user.accountIds ?? null, token.id, origin);
  }

  /**
   * For the worker and the set-up: the system acting within one organisation, under the name of its part; with an origin
   * where it does so for somebody at the other end who is nobody yet.
   */
  static ofSystem(organisationId: string, part: string, origin: Origin | null = null): Scope {
    return new Scope(organisationId, { kind: "system", id: part }, permissions, null, null, origin);
  }

  can(permission: Permission): boolean {
    return this.#minted && this.permissions.has(permission);
  }

  require(permission: Permission): void {
    if (!this.can(permission)) {
      throw new DomainError(
        "forbidden",
        this.tokenId === null
          ? `Your role doesn't include ${permission}. Ask an administrator for it.`
          : `This takes ${permission}: either this token doesn't have it, or its user's role doesn't.`,
      );
    }
  }

  /** For what is the whole organisation's: whoever sees only some of its accounts has no say in that. */
  requireEveryAccount(): void {
    if (this.accountIds === null) return;
    throw new DomainError(
      "forbidden",
      "Nothing was changed: this is for who sees every account, and you see only some. Ask an administrator.",
    );
  }
}
