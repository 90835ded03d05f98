import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import { ListFailed, namingFailures } from "#lib/inventory/answers.ts";
import { createCollectContext } from "#lib/inventory/context.ts";
import type { Gap, Kind } from "#lib/inventory/model.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import type { BoundCollector, CloudSession, ReachableAccount } from "../session.ts";
import { untilAborted } from "../until-aborted.ts";
import { gcpCaller } from "./calls.ts";
import { gcpClients } from "./clients.ts";
import { GcpConnection } from "./connection.ts";
import { type EmulatorCredentials, type GcpAccess, gcpAccess } from "./credentials.ts";
import { CredentialsUnavailable, classifyGcpError, GcpCallFailed } from "./errors.ts";
import { type GcpProject, listRegions, missingPermissions, readPrincipal, readProject } from "./identity.ts";

/** How long an account stays open in a process after its last use, so that its units share sockets and limits. */
const idleMs = 60_000;

/** What the units of one project share in one process: token, sockets, limits, identity. */
class SharedAccess {
  readonly access: GcpAccess;
  readonly #expected: string | null;
  #project: Promise<GcpProject> | null = null;
  #users = 0;
  #closing: NodeJS.Timeout | null = null;

  constructor(account: ReachableAccount) {
    const { data: connection, error } = GcpConnection.safeParse(account.connection);
    if (error) {
      throw new DomainError("unavailable", `The account's connection is broken: ${z.prettifyError(error)}`);
    }
    this.access = gcpAccess(connection, {
      emulatorCredentials: emulatorCredentialsOf(connection.endpointUrl),
    });
    this.#expected = account.externalId;
  }

  async project(): Promise<GcpProject> {
    this.#project ??= this.#identify();
    try {
      return await this.#project;
    } catch (error) {
      this.#project = null;
      throw error;
    }
  }

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
      this.access.close();
    }, idleMs);
    this.#closing.unref();
  }
}

const wrongProject = (reached: string, wanted: string) =>
  new GcpCallFailed(403, {
    error: { status: "PERMISSION_DENIED", message: `The answer is about project ${reached}, not ${wanted}.` },
  });

const open = new Map<string, SharedAccess>();

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
  const shared = open.get(key) ?? new SharedAccess(account);
  open.set(key, shared);
  shared.use();
  const governor = shared.access.governor.child();
  const caller = gcpCaller({ ...shared.access, governor, project: () => shared.access.project });
  const clients = gcpClients({ caller, token: shared.access.token });
  let closed = false;

  const gapOf = (error: unknown, kind: Kind | null): Gap | null => {
    const [operation, cause] =
      error instanceof ListFailed ? [error.operation, error.cause] : ["resourcemanager.projects.get", error];
    const said = classifyGcpError(cause);
    return said && { kind, resourceUid: null, operation, code: said.code, message: said.message };
  };

  const bind = (
    collector: ReturnType<typeof collectorsOf<"gcp">>[number],
    region: string,
  ): BoundCollector => ({
    kind: collector.kind,
    collect: async function* ({ signal, onGap }) {
      const project = await untilAborted(shared.project(), signal);
      yield* collector.collect(
        createCollectContext({
          account: project.id,
          partition: "gcp",
          region,
          clients,
          signal,
          onGap: (gap) => onGap({ ...gap, kind: collector.kind }),
          classify: classifyGcpError,
        }),
      );
    },
  });

  return {
    account: async (signal) => (await untilAborted(shared.project(), signal)).id,
    regions: async (signal) =>
      listRegions(clients, (await untilAborted(shared.project(), signal)).id, signal),
    collectorsOf: (service, region, kinds) =>
      collectorsOf("gcp", service)
        .filter((collector) => (region === "global") === (collector.scope === "global"))
        .filter((collector) => kinds === null || kinds.includes(collector.kind))
        .map((collector) => bind(collector, region)),
    gapOf,
    counters: () => {
      const services = Object.values(governor.usage());
      const sum = (what: "calls" | "throttles") => services.reduce((total, each) => total + each[what], 0);
      return { calls: sum("calls"), throttles: sum("throttles") };
    },
    whoIs: async (signal) => {
      const project = await untilAborted(shared.project(), signal);
      return { principal: await readPrincipal(shared.access, signal), project };
    },
    missing: async (permissions, signal) =>
      missingPermissions(clients, (await untilAborted(shared.project(), signal)).id, permissions, signal),
    close: () => {
      if (closed) return;
      closed = true;
      shared.release(() => open.delete(key));
    },
  };
}
