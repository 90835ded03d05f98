import type { AwsCredentialIdentity } from "@smithy/types";
import { namingFailures } from "#lib/inventory/answers.ts";
import type { Gap, Kind } from "#lib/inventory/model.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { bindCollectors, gapOfFailure } from "../bind-collectors.ts";
import { OpenAccounts } from "../open-accounts.ts";
import { parseConnection } from "../parse-connection.ts";
import type { CloudSession, ReachableAccount } from "../session.ts";
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

/** What the units of one account share in one process: credentials, sockets, limits, identity. */
class AwsAccess {
  readonly session: AwsSession;
  readonly #expected: string | null;
  readonly #assumesRole: boolean;
  #identity: Promise<AwsIdentity> | null = null;
  #regions: Promise<AwsRegion[]> | null = null;
  #enabled: ReadonlyMap<string, boolean> = new Map();

  constructor(account: ReachableAccount) {
    const connection = parseConnection(AwsConnection, account.connection);
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

  close(): void {
    this.session.close();
  }
}

const open = new OpenAccounts<AwsAccess>();

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
  const { access, release } = open.use(key, () => new AwsAccess(account));
  const governor = access.session.governor.child();
  const session: AwsSession = { ...access.session, governor };

  const gapOf = (error: unknown, kind: Kind | null, region: string): Gap | null =>
    gapOfFailure(error, kind, "sts:GetCallerIdentity", (cause) =>
      classifyAwsError(cause, access.isEnabled(region)),
    );

  const reach = async (region: string, signal: AbortSignal) => {
    const { account: accountId, partition } = await untilAborted(access.identity(), signal);
    // Only for telling a region that is off from keys that were revoked; without it the scan goes on.
    await untilAborted(access.regions(false), signal).catch((error: unknown) => {
      if (gapOf(error, null, region) === null) throw error;
    });
    return {
      account: accountId,
      partition,
      clients: awsClients(session, region),
      classify: (error: unknown) => classifyAwsError(error, access.isEnabled(region)),
    };
  };

  return {
    account: async (signal) => (await untilAborted(access.identity(), signal)).account,
    regions: (signal) => untilAborted(access.regions(true), signal),
    collectorsOf: (service, region, kinds) =>
      bindCollectors(collectorsOf("aws", service), region, kinds, (signal) => reach(region, signal)),
    access: async (signal) => {
      const identity = await untilAborted(access.identity(), signal);
      return {
        cloud: "aws",
        account: identity.account,
        partition: identity.partition,
        clients: (region) => awsClients(session, region),
        refusalOf: (error) => classifyAwsError(error, undefined),
      };
    },
    gapOf,
    counters: () => governor.counters(),
    close: release,
  };
}
