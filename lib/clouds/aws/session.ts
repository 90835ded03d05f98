import type { AwsCredentialIdentity } from "@smithy/types";
import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import { ListFailed, namingFailures } from "#lib/inventory/answers.ts";
import { createCollectContext } from "#lib/inventory/context.ts";
import type { Gap, Kind } from "#lib/inventory/model.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import type { BoundCollector, CloudSession, ReachableAccount } from "../session.ts";
import { untilAborted } from "../until-aborted.ts";
import { awsClients } from "./clients.ts";
import { AwsConnection, type AwsSession, awsSession } from "./credentials.ts";
import { classifyAwsError } from "./errors.ts";
import { type AwsIdentity, type AwsRegion, listRegions, whoAmI } from "./identity.ts";

/** The credentials reach another account than the one they were given for; reading on would mix two accounts up. */
class WrongAccount extends Error {
  override readonly name = "AccessDenied";
  readonly $metadata = { httpStatusCode: 403 };
}

/** How long an account stays open in a process after its last use, so that its units share sockets and limits. */
const idleMs = 60_000;

/** What the units of one account share in one process: credentials, sockets, limits, identity. */
class AwsAccess {
  readonly session: AwsSession;
  readonly #expected: string | null;
  readonly #assumesRole: boolean;
  #identity: Promise<AwsIdentity> | null = null;
  #regions: Promise<AwsRegion[]> | null = null;
  #enabled: ReadonlyMap<string, boolean> = new Map();
  #users = 0;
  #closing: NodeJS.Timeout | null = null;

  constructor(account: ReachableAccount) {
    const { data: connection, error } = AwsConnection.safeParse(account.connection);
    if (error)
      throw new DomainError("unavailable", `The account's connection is broken: ${z.prettifyError(error)}`);
    this.#assumesRole = connection.type === "assume_role";
    this.session = awsSession(connection, { sourceKeys: emulatorKeysOf(connection.endpointUrl) });
    this.#expected = account.externalId;
  }

  async identity(): Promise<AwsIdentity> {
    this.#identity ??= this.#identify();
    try {
      const identity = await this.#identity;
      if (this.#expected !== null && identity.account !== this.#expected) {
        throw new WrongAccount(`The credentials reach account ${identity.account}, not ${this.#expected}.`);
      }
      return identity;
    } catch (error) {
      this.#identity = null;
      throw error;
    }
  }

  async #identify(): Promise<AwsIdentity> {
    if (this.#assumesRole) await namingFailures("sts:AssumeRole", () => this.session.credentials.provide());
    return namingFailures("sts:GetCallerIdentity", () => whoAmI(this.session));
  }

  /** @param anew Regions are switched on and off: whoever lays out a scan must know the present ones. */
  async regions(anew: boolean): Promise<readonly AwsRegion[]> {
    await this.identity();
    if (anew) this.#regions = null;
    this.#regions ??= namingFailures("ec2:DescribeRegions", () => listRegions(this.session));
    try {
      const regions = await this.#regions;
      this.#enabled = new Map(regions.map((region) => [region.name, region.enabled]));
      return regions;
    } catch (error) {
      this.#regions = null;
      throw error;
    }
  }

  /** Undefined until the regions have been read, and for a region that AWS doesn't list. */
  isEnabled(region: string): boolean | undefined {
    return this.#enabled.get(region);
  }

  use(): void {
    this.#users += 1;
    if (this.#closing) clearTimeout(this.#closing);
    this.#closing = null;
  }

  release(onIdle: () => void): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#closing = setTimeout(() => {
      onIdle();
      this.session.close();
    }, idleMs);
    this.#closing.unref();
  }
}

const open = new Map<string, AwsAccess>();

/** Keys by the address of the emulator that they are for; held in memory alone. */
const emulatorKeys = new Map<string, AwsCredentialIdentity>();

/** Makes sessions whose connection names this emulator's address start from these keys. */
export function provideEmulatorKeys(endpointUrl: string, keys: AwsCredentialIdentity): void {
  emulatorKeys.set(endpointUrl, keys);
}

/** The keys to start from at this address; none for AWS itself. */
export const emulatorKeysOf = (endpointUrl: string | undefined): AwsCredentialIdentity | undefined =>
  emulatorKeys.get(endpointUrl ?? "");

/** Opens an AWS account for one unit. Units of one account share its credentials, sockets and limits. */
export function openAwsSession(account: ReachableAccount): CloudSession {
  const key = JSON.stringify([account.externalId, account.connection]);
  const access = open.get(key) ?? new AwsAccess(account);
  open.set(key, access);
  access.use();
  const governor = access.session.governor.child();
  const session: AwsSession = { ...access.session, governor };
  let closed = false;

  const gapOf = (error: unknown, kind: Kind | null, region: string): Gap | null => {
    const [operation, cause] =
      error instanceof ListFailed ? [error.operation, error.cause] : ["sts:GetCallerIdentity", error];
    const said = classifyAwsError(cause, access.isEnabled(region));
    return said && { kind, resourceUid: null, operation, code: said.code, message: said.message };
  };

  const bind = (
    collector: ReturnType<typeof collectorsOf<"aws">>[number],
    region: string,
  ): BoundCollector => ({
    kind: collector.kind,
    collect: async function* ({ signal, onGap }) {
      const { account: accountId, partition } = await untilAborted(access.identity(), signal);
      // Only for telling a region that is off from keys that were revoked; without it the scan goes on.
      await untilAborted(access.regions(false), signal).catch((error: unknown) => {
        if (gapOf(error, null, region) === null) throw error;
      });
      yield* collector.collect(
        createCollectContext({
          account: accountId,
          partition,
          region,
          clients: awsClients(session, region),
          signal,
          onGap: (gap) => onGap({ ...gap, kind: collector.kind }),
          classify: (error) => classifyAwsError(error, access.isEnabled(region)),
        }),
      );
    },
  });

  return {
    account: async (signal) => (await untilAborted(access.identity(), signal)).account,
    regions: (signal) => untilAborted(access.regions(true), signal),
    collectorsOf: (service, region, kinds) =>
      collectorsOf("aws", service)
        .filter((collector) => (region === "global") === (collector.scope === "global"))
        .filter((collector) => kinds === null || kinds.includes(collector.kind))
        .map((collector) => bind(collector, region)),
    gapOf,
    counters: () => {
      const services = Object.values(governor.usage());
      const sum = (what: "calls" | "throttles") => services.reduce((total, each) => total + each[what], 0);
      return { calls: sum("calls"), throttles: sum("throttles") };
    },
    close: () => {
      if (closed) return;
      closed = true;
      access.release(() => open.delete(key));
    },
  };
}
