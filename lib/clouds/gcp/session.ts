import { namingFailures } from "#lib/inventory/answers.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { bindCollectors, gapOfFailure } from "../bind-collectors.ts";
import { once } from "../lazily.ts";
import { OpenAccounts } from "../open-accounts.ts";
import { parseConnection } from "../parse-connection.ts";
import type { CloudSession, ReachableAccount } from "../session.ts";
import { untilAborted } from "../until-aborted.ts";
import { gcpCaller } from "./calls.ts";
import { gcpClients } from "./clients.ts";
import { GcpConnection } from "./connection.ts";
import { type EmulatorCredentials, type GcpAccess, gcpAccess } from "./credentials.ts";
import { CredentialsUnavailable, classifyGcpError, GcpCallFailed } from "./errors.ts";
import { type GcpProject, listRegions, missingPermissions, readPrincipal, readProject } from "./identity.ts";

/** What the units of one project share in one process: token, sockets, limits, identity. */
class SharedAccess {
  readonly access: GcpAccess;
  readonly #expected: string | null;

  constructor(account: ReachableAccount) {
    const connection = parseConnection(GcpConnection, account.connection);
    this.access = gcpAccess(connection, {
      emulatorCredentials: emulatorCredentialsOf(connection.endpointUrl),
    });
    this.#expected = account.externalId;
  }

  readonly project = once(() => this.#identify());

  async #identify(): Promise<GcpProject> {
    const { access } = this;
    const operation =
      access.connection.type === "application_default"
        ? "resourcemanager.projects.get"
        : "iam.serviceAccounts.getAccessToken";
    await namingFailures(operation, () => access.token.provide());
    return namingFailures("resourcemanager.projects.get", async () => {
      const wanted = this.#expected ?? (await access.homeProject());
      if (wanted === null) {
        throw new CredentialsUnavailable("The credentials belong to no project; name the one to read.");
      }
      const project = await readProject(gcpClients(access), wanted);
      // A project may be asked for by its number, too; reading on under another name would mix two accounts up.
      if (this.#expected !== null && project.id !== this.#expected) throw wrongProject(project.id, wanted);
      access.project = project;
      return project;
    });
  }

  close(): void {
    this.access.close();
  }
}

const wrongProject = (reached: string, wanted: string) =>
  new GcpCallFailed(403, {
    error: { status: "PERMISSION_DENIED", message: `The answer is about project ${reached}, not ${wanted}.` },
  });

const open = new OpenAccounts<SharedAccess>();

/** Credentials by the address of the emulator that they are for; held in memory alone. */
const emulatorCredentials = new Map<string, EmulatorCredentials>();

/** Makes sessions whose connection names this emulator's address start from these credentials. */
export function provideEmulatorCredentials(endpointUrl: string, credentials: EmulatorCredentials): void {
  emulatorCredentials.set(endpointUrl, credentials);
}

/** The credentials to start from at this address; none for Google itself. */
export const emulatorCredentialsOf = (endpointUrl: string | undefined): EmulatorCredentials | undefined =>
  emulatorCredentials.get(endpointUrl ?? "");

export type GcpSession = CloudSession & {
  /** Who is calling, and the project reached. Throws the provider's error. */
  whoIs(signal?: AbortSignal): Promise<GcpIdentity>;
  /** Which of the permissions the credentials lack on the project. Throws the provider's error. */
  missing(permissions: readonly string[], signal?: AbortSignal): Promise<string[]>;
};

export type GcpIdentity = {
  /** The caller's e-mail, or the federated principal. */
  principal: string;
  project: GcpProject;
};

/** Opens a Google Cloud project for one unit. Units of one project share its token, sockets and limits. */
export function openGcpSession(account: ReachableAccount): GcpSession {
  const key = JSON.stringify([account.externalId, account.connection]);
  const { access: shared, release } = open.use(key, () => new SharedAccess(account));
  const governor = shared.access.governor.child();
  const caller = gcpCaller({ ...shared.access, governor, project: () => shared.access.project });
  const clients = gcpClients({ caller, token: shared.access.token });

  const reach = async (signal: AbortSignal) => {
    const { id } = await untilAborted(shared.project(), signal);
    return { account: id, partition: "gcp", clients, classify: classifyGcpError };
  };

  return {
    account: async (signal) => (await untilAborted(shared.project(), signal)).id,
    regions: async (signal) =>
      listRegions(clients, (await untilAborted(shared.project(), signal)).id, signal),
    collectorsOf: (service, region, kinds) =>
      bindCollectors(collectorsOf("gcp", service), region, kinds, reach),
    access: async (signal) => {
      const { account } = await reach(signal);
      return { cloud: "gcp", account, clients, refusalOf: classifyGcpError };
    },
    gapOf: (error, kind) => gapOfFailure(error, kind, "resourcemanager.projects.get", classifyGcpError),
    counters: () => governor.counters(),
    whoIs: async (signal) => {
      const project = await untilAborted(shared.project(), signal);
      return { principal: await readPrincipal(shared.access, signal), project };
    },
    missing: async (permissions, signal) =>
      missingPermissions(clients, (await untilAborted(shared.project(), signal)).id, permissions, signal),
    close: release,
  };
}
