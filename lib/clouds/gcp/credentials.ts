import { required } from "#lib/inventory/answers.ts";
import { refuseEmulator } from "../emulator.ts";
import { CallGovernor, type LimitOptions } from "../limits.ts";
import type { Patience } from "../patience.ts";
import { type GcpCaller, gcpCaller } from "./calls.ts";
import type { GcpConnection } from "./connection.ts";
import { HttpPool } from "./http.ts";
import { type EmulatorCredentials, type MachineSource, machineSource } from "./machine-credentials.ts";
import { fieldsOf, requestToken, scopes } from "./request-token.ts";
import { subjectTokenOf } from "./subject-token.ts";
import { type AccessToken, assumedLifetimeMs, type RefreshingToken, refreshingToken } from "./tokens.ts";
import type { WorkloadIdentityConfiguration } from "./workload-identity-configuration.ts";

export type { EmulatorCredentials } from "./machine-credentials.ts";

export type GcpAccessOptions = {
  /** In place of the machine's own credentials; the sandbox's only. */
  emulatorCredentials?: EmulatorCredentials | undefined;
  limits?: LimitOptions;
};

/** One project as one process reaches it: token, sockets and limits, shared by its clients. */
export type GcpAccess = {
  connection: GcpConnection;
  /** The project reached, once it has been confirmed. */
  project: { id: string; number: string } | null;
  endpointUrl: string | undefined;
  token: RefreshingToken;
  governor: CallGovernor;
  pool: HttpPool;
  patience: Map<string, Patience>;
  caller: GcpCaller;
  /** The project that the credentials belong to, for a connection that names none; `null` when they don't say. */
  homeProject(): Promise<string | null>;
  /** Closes the sockets; calls that are under way fail. */
  close(): void;
};

/**
 * Opens the way in. Nothing is called before the first request; wrong credentials show then. Throws a DomainError
 * (`unavailable`) for an emulator that is not to be trusted.
 */
export function gcpAccess(connection: GcpConnection, options: GcpAccessOptions = {}): GcpAccess {
  // What a federation exchanges is this machine's, whatever the emulator brings.
  const isOwn = options.emulatorCredentials !== undefined && connection.type !== "workload_identity";
  refuseEmulator(connection, isOwn ? "own" : "machine");
  const { endpointUrl } = connection;
  const pool = new HttpPool();
  const governor = new CallGovernor(options.limits);
  const patience = new Map<string, Patience>();
  const caller = gcpCaller({ endpointUrl, pool, governor, patience, project: () => access.project });
  const home = machineSource(caller, options.emulatorCredentials);
  const source = sourceOf(connection, home, caller, pool);
  const access: GcpAccess = {
    connection,
    project: null,
    endpointUrl,
    token: refreshingToken(source),
    governor,
    pool,
    patience,
    caller,
    homeProject: async () => projectOfServiceAccount(connection) ?? home.project(),
    close: () => pool.close(),
  };
  return access;
}

function sourceOf(
  connection: GcpConnection,
  home: MachineSource,
  caller: GcpCaller,
  pool: HttpPool,
): () => Promise<AccessToken> {
  switch (connection.type) {
    case "application_default":
      return home.token;
    case "impersonate": {
      const source = refreshingToken(home.token);
      const { serviceAccount, delegates = [] } = connection;
      return () => impersonate(caller, impersonationUrl(serviceAccount), delegates, source);
    }
    case "workload_identity": {
      const { configuration } = connection;
      const { service_account_impersonation_url: url } = configuration;
      const federated = () => exchangeSubjectToken(caller, pool, configuration);
      if (url === undefined) return federated;
      const source = refreshingToken(federated);
      return () => impersonate(caller, new URL(url), [], source);
    }
  }
}

const impersonationUrl = (email: string): URL =>
  new URL(
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}:generateAccessToken`,
  );

// Calls for tokens have limits of their own: a call that holds a place among its API's may be waiting for one of them.

/** Needs `iam.serviceAccounts.getAccessToken` on the service account (role Service Account Token Creator). */
async function impersonate(
  caller: GcpCaller,
  url: URL,
  delegates: readonly string[],
  source: RefreshingToken,
): Promise<AccessToken> {
  const body = JSON.stringify({
    delegates: delegates.map((email) => `projects/-/serviceAccounts/${email}`),
    scope: scopes,
    lifetime: "3600s",
  });
  const headers = { "content-type": "application/json" };
  const { data } = await caller.call({ method: "POST", url, headers, body }, source, "impersonation");
  const { accessToken, expireTime } = fieldsOf(data);
  const expiresAt = Date.parse(required(expireTime, "expireTime"));
  return {
    value: required(accessToken, "accessToken"),
    expiresAt: Number.isNaN(expiresAt) ? Date.now() + assumedLifetimeMs : expiresAt,
  };
}

/** The exchange of RFC 8693 as Google's security token service does it. */
async function exchangeSubjectToken(
  caller: GcpCaller,
  pool: HttpPool,
  configuration: WorkloadIdentityConfiguration,
): Promise<AccessToken> {
  const { audience, token_url, subject_token_type, workforce_pool_user_project } = configuration;
  const subjectToken = await subjectTokenOf(configuration, pool);
  return requestToken(caller, new URL(token_url), {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
    audience,
    scope: scopes[0] ?? "",
    subject_token: subjectToken,
    subject_token_type,
    ...(workforce_pool_user_project
      ? { options: JSON.stringify({ userProject: workforce_pool_user_project }) }
      : {}),
  });
}

/** The project that a service account lives in is part of its e-mail. */
function projectOfServiceAccount(connection: GcpConnection): string | null {
  const named =
    connection.type === "impersonate"
      ? connection.serviceAccount
      : connection.type === "workload_identity"
        ? connection.configuration.service_account_impersonation_url
        : undefined;
  return /@([a-z0-9-]+)\.iam\.gserviceaccount\.com(?::|$)/.exec(decodeURIComponent(named ?? ""))?.[1] ?? null;
}
