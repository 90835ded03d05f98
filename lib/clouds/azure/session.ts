import { createHash } from "node:crypto";
import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import { ListFailed } from "#lib/inventory/answers.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import { createCollectContext } from "#lib/inventory/context.ts";
import type { Gap, Kind } from "#lib/inventory/model.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { refuseEmulator } from "../emulator.ts";
import { CallGovernor } from "../limits.ts";
import type { BoundCollector, CloudSession, ReachableAccount, RegionState } from "../session.ts";
import { untilAborted } from "../until-aborted.ts";
import type { AzureSession } from "./azure-session.ts";
import { AzureConnection, requireSecrets } from "./connection.ts";
import { AzureRefusal, classifyAzureError } from "./errors.ts";

/** The credentials reach another account than the one they were given for; reading on would mix two accounts up. */
const wrongAccount = (message: string) =>
  new ListFailed(subscriptionRead, new AzureRefusal("AccessDenied", 403, message));

/** As in identity.ts, which loads the SDK. */
const subscriptionRead = "Microsoft.Resources/subscriptions/read";

/** How long an account stays open in a process after its last use, so that its units share sockets and limits. */
const idleMs = 60_000;

/** The SDK's packages are large: they load when an Azure account is first read, and never in a process that reads none. */
const loadSdk = async () => {
  const [sessions, clients, identity] = await Promise.all([
    import("./azure-session.ts"),
    import("./clients.ts"),
    import("./identity.ts"),
  ]);
  return { ...sessions, ...clients, ...identity };
};
type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** What the units of one account share in one process: tokens, sockets, limits, identity. */
class AzureAccess {
  readonly level: AccountLevel;
  readonly governor = new CallGovernor();
  readonly #connection: AzureConnection;
  readonly #secrets: Readonly<Record<string, string>>;
  readonly #expected: string | null;
  #open: Promise<{ sdk: Sdk; session: AzureSession }> | null = null;
  #account: Promise<string> | null = null;
  #users = 0;
  #closing: NodeJS.Timeout | null = null;

  constructor(account: ReachableAccount) {
    const { data, error } = AzureConnection.safeParse(account.connection);
    if (error)
      throw new DomainError("unavailable", `The account's connection is broken: ${z.prettifyError(error)}`);
    this.#connection = data;
    this.#secrets = account.secrets ?? {};
    // Said at once, where it is told from what a provider says; the SDK is loaded later.
    refuseEmulator(data, data.type === "default" ? "machine" : "own");
    requireSecrets(this.#connection, this.#secrets);
    this.#expected = account.externalId?.toLowerCase() ?? null;
    this.level = account.level ?? "account";
  }

  open(): Promise<{ sdk: Sdk; session: AzureSession }> {
    this.#open ??= loadSdk().then((sdk) => ({
      sdk,
      session: sdk.azureSession(this.#connection, this.#secrets, { governor: this.governor }),
    }));
    return this.#open;
  }

  /** The subscription's id, or the tenant's. */
  async account(): Promise<string> {
    this.#account ??= this.#identify();
    try {
      return await this.#account;
    } catch (error) {
      this.#account = null;
      throw error;
    }
  }

  async #identify(): Promise<string> {
    const { sdk, session } = await this.open();
    if (this.level === "directory") {
      const { tenantId } = await sdk.whoIsAzure(session, null);
      if (this.#expected !== null && tenantId !== this.#expected) {
        throw wrongAccount(`The credentials reach tenant ${tenantId}, not ${this.#expected}.`);
      }
      return tenantId;
    }
    const subscription = this.#expected
      ? await sdk.getSubscription(session, this.#expected)
      : theOnly(await sdk.listSubscriptions(session));
    if (this.#expected && subscription.subscriptionId !== this.#expected) {
      throw wrongAccount(
        `The credentials reach subscription ${subscription.subscriptionId}, not ${this.#expected}.`,
      );
    }
    const { tenantId } = this.#connection;
    if (tenantId !== undefined && subscription.tenantId !== tenantId) {
      throw wrongAccount(`The subscription belongs to tenant ${subscription.tenantId}, not ${tenantId}.`);
    }
    return subscription.subscriptionId;
  }

  async regions(): Promise<readonly RegionState[]> {
    const account = await this.account();
    if (this.level === "directory") return [];
    const { sdk, session } = await this.open();
    return sdk.listLocations(session, account);
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
      // One that couldn't be opened has told its users why, and has nothing to close.
      this.#open?.then(({ session }) => session.close()).catch(() => {});
    }, idleMs);
    this.#closing.unref();
  }
}

function theOnly<T>(subscriptions: readonly T[]): T {
  const [first, ...others] = subscriptions;
  if (first === undefined) throw wrongAccount("The credentials reach no subscription.");
  if (others.length > 0) {
    throw wrongAccount(`The credentials reach ${subscriptions.length} subscriptions. Say which one.`);
  }
  return first;
}

const open = new Map<string, AzureAccess>();

/** Another secret is another way in. It is told apart by its digest, so that no key of the map holds one. */
function keyOf({ level, externalId, connection, secrets = {} }: ReachableAccount): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(Object.entries(secrets).sort()))
    .digest("hex");
  return JSON.stringify([level ?? "account", externalId, connection, digest]);
}

/** Opens an Azure subscription or tenant for one unit. Units of one account share its tokens, sockets and limits. */
export function openAzureSession(account: ReachableAccount): CloudSession {
  const key = keyOf(account);
  const access = open.get(key) ?? new AzureAccess(account);
  open.set(key, access);
  access.use();
  const governor = access.governor.child();
  let closed = false;

  const bind = (collector: ReturnType<typeof collectorsOf<"azure">>[number]): BoundCollector => ({
    kind: collector.kind,
    collect: async function* ({ signal, onGap }) {
      const { sdk, session } = await untilAborted(access.open(), signal);
      const accountId = await untilAborted(access.account(), signal);
      yield* collector.collect(
        createCollectContext({
          account: accountId,
          partition: "azure",
          region: "global",
          clients: sdk.azureClients({ ...session, governor }, access.level === "directory" ? "" : accountId),
          signal,
          onGap: (gap) => onGap({ ...gap, kind: collector.kind }),
          classify: classifyAzureError,
        }),
      );
    },
  });

  return {
    account: (signal) => untilAborted(access.account(), signal),
    regions: (signal) => untilAborted(access.regions(), signal),
    // Every collector reads its kind for all locations at once.
    collectorsOf: (service, region, kinds) =>
      region === "global"
        ? collectorsOf("azure", service)
            .filter(({ level = "account" }) => level === access.level)
            .filter((collector) => kinds === null || kinds.includes(collector.kind))
            .map(bind)
        : [],
    gapOf: (error: unknown, kind: Kind | null): Gap | null => {
      const [operation, cause] =
        error instanceof ListFailed ? [error.operation, error.cause] : [subscriptionRead, error];
      const said = classifyAzureError(cause);
      return said && { kind, resourceUid: null, operation, code: said.code, message: said.message };
    },
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
