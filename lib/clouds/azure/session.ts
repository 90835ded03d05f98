import { createHash } from "node:crypto";
import { ListFailed } from "#lib/inventory/answers.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { bindCollectors, gapOfFailure } from "../bind-collectors.ts";
import { refuseEmulator } from "../emulator.ts";
import { once } from "../lazily.ts";
import { CallGovernor } from "../limits.ts";
import { OpenAccounts } from "../open-accounts.ts";
import { parseConnection } from "../parse-connection.ts";
import type { CloudSession, ReachableAccount, RegionState } from "../session.ts";
import { untilAborted } from "../until-aborted.ts";
import type { AzureSession } from "./azure-session.ts";
import { AzureConnection, requireSecrets } from "./connection.ts";
import { AzureRefusal, classifyAzureError } from "./errors.ts";

/** The credentials reach another account than the one they were given for; reading on would mix two accounts up. */
const wrongAccount = (message: string) =>
  new ListFailed(subscriptionRead, new AzureRefusal("AccessDenied", 403, message));

/** As in identity.ts, which loads the SDK. */
const subscriptionRead = "Microsoft.Resources/subscriptions/read";

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

  constructor(account: ReachableAccount) {
    const connection = parseConnection(AzureConnection, account.connection);
    this.#connection = connection;
    this.#secrets = account.secrets ?? {};
    // Said at once, where it is told from what a provider says; the SDK is loaded later.
    refuseEmulator(connection, connection.type === "default" ? "machine" : "own");
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
  readonly account = once(() => this.#identify());

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

  close(): void {
    // One that couldn't be opened has told its users why, and has nothing to close.
    this.#open?.then(({ session }) => session.close()).catch(() => {});
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

const open = new OpenAccounts<AzureAccess>();

/** Another secret is another way in. It is told apart by its digest, so that no key of the map holds one. */
function keyOf({ level, externalId, connection, secrets = {} }: ReachableAccount): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(Object.entries(secrets).sort()))
    .digest("hex");
  return JSON.stringify([level ?? "account", externalId, connection, digest]);
}

/** Opens an Azure subscription or tenant for one unit. Units of one account share its tokens, sockets and limits. */
export function openAzureSession(account: ReachableAccount): CloudSession {
  const { access, release } = open.use(keyOf(account), () => new AzureAccess(account));
  const governor = access.governor.child();

  const reach = async (signal: AbortSignal) => {
    const { sdk, session } = await untilAborted(access.open(), signal);
    const accountId = await untilAborted(access.account(), signal);
    return {
      account: accountId,
      partition: "azure",
      clients: sdk.azureClients({ ...session, governor }, access.level === "directory" ? "" : accountId),
      classify: classifyAzureError,
    };
  };

  return {
    account: (signal) => untilAborted(access.account(), signal),
    regions: (signal) => untilAborted(access.regions(), signal),
    // Every collector reads its kind for all locations at once.
    collectorsOf: (service, region, kinds) =>
      bindCollectors(
        collectorsOf("azure", service).filter(({ level = "account" }) => level === access.level),
        region,
        kinds,
        reach,
      ),
    access: async (signal) => {
      const { account, clients } = await reach(signal);
      return { cloud: "azure", account, level: access.level, clients, refusalOf: classifyAzureError };
    },
    gapOf: (error, kind) => gapOfFailure(error, kind, subscriptionRead, classifyAzureError),
    counters: () => governor.counters(),
    close: release,
  };
}
