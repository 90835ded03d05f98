import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { PermissionGroup } from "#lib/roles/permissions.ts";

/** What a probe is to find out. */
export type Question = {
  level: AccountLevel;
  /** The account that must answer; `null` takes whichever the credentials reach. */
  externalId: string | null;
  /** In clear, in this process's memory alone. */
  secrets: Readonly<Record<string, string>>;
  wanted: readonly PermissionGroup[];
  signal: AbortSignal;
};

export type Reached = { identity: string; externalId: string; accountName: string | null };

/** What a probe has found so far; it fills this in as it goes, so that a test that runs out of time can tell of it. */
export class Findings {
  reached: Reached | null = null;
  method: "exact" | "tried" | null = null;
  readonly #wanted: readonly PermissionGroup[];
  readonly #held = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(wanted: readonly PermissionGroup[]) {
    this.#wanted = wanted;
  }

  /** The permissions asked about, each once. */
  get permissions(): string[] {
    return [...new Set(this.#wanted.flatMap(({ permissions }) => permissions))].sort();
  }

  hold(permissions: Iterable<string>): void {
    for (const permission of permissions) this.#held.add(permission);
  }

  /** One that is missing anywhere is missing, whatever held elsewhere. */
  lack(permissions: Iterable<string>): void {
    for (const permission of permissions) this.#missing.add(permission);
  }

  /** Those found missing, by service. */
  missing(): { service: string; permissions: string[] }[] {
    return this.#grouped((permission) => this.#missing.has(permission));
  }

  /** Those of which nothing was found out, by service. */
  untold(): { service: string; permissions: string[] }[] {
    return this.#grouped((permission) => !this.#missing.has(permission) && !this.#held.has(permission));
  }

  #grouped(which: (permission: string) => boolean): { service: string; permissions: string[] }[] {
    return this.#wanted
      .map(({ service, permissions }) => ({
        service,
        permissions: [...new Set(permissions.filter(which))].sort(),
      }))
      .filter(({ permissions }) => permissions.length > 0);
  }
}

/** How one cloud is asked. Throws the provider's error where it can't go on; what it found by then counts. */
export type Probe = (question: Question, findings: Findings) => Promise<void>;
