import { required } from "#lib/inventory/answers.ts";
import { CallGovernor, type LimitOptions } from "../limits.ts";
import type { Patience } from "../patience.ts";
import { type GcpCaller, gcpCaller } from "./calls.ts";
import type { GcpConnection } from "./connection.ts";
import { CredentialsUnavailable, classifyGcpError } from "./errors.ts";
import { HttpPool } from "./http.ts";
import { tokenAdapter } from "./sdk-adapter.ts";
import { subjectTokenOf } from "./subject-token.ts";
import { type AccessToken, assumedLifetimeMs, type RefreshingToken, refreshingToken } from "./tokens.ts";
import type { WorkloadIdentityConfiguration } from "./workload-identity-configuration.ts";

/** Everything that is read lies within this scope; the second names the caller. What may be done is IAM's to say. */
export const scopes = [
  "https://www.googleapis.com/auth/cloud-platform",
  "https://www.googleapis.com/auth/userinfo.email",
];

/** A user's credentials as `gcloud auth application-default login` stores them; for an emulator only, in memory alone. */
export type EmulatorCredentials = {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** The project that is meant when a connection names none. */
  projectId?: string;
};

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

/** Opens the way in. Nothing is called before the first request; wrong credentials show then. */
export function gcpAccess(connection: GcpConnection, options: GcpAccessOptions = {}): GcpAccess {
  const { endpointUrl } = connection;
  const pool = new HttpPool();
  const governor = new CallGovernor(options.limits);
  const patience = new Map<string, Patience>();
  const caller = gcpCaller({ endpointUrl, pool, governor, patience, project: () => access.project });
  const home = machineSource(caller, endpointUrl, options.emulatorCredentials);
  const source = sourceOf(connection, home, caller);
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
      const federated = async () => {
        home.refuseStrangers();
        return exchangeSubjectToken(caller, configuration);
      };
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
  configuration: WorkloadIdentityConfiguration,
): Promise<AccessToken> {
  const { audience, token_url, subject_token_type, workforce_pool_user_project } = configuration;
  const subjectToken = await subjectTokenOf(configuration);
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

async function requestToken(caller: GcpCaller, url: URL, form: Record<string, string>): Promise<AccessToken> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(form).toString();
  const { data } = await caller.call({ method: "POST", url, headers, body }, null, "tokens");
  const { access_token, expires_in } = fieldsOf(data);
  const lifetimeMs = typeof expires_in === "number" ? expires_in * 1000 : assumedLifetimeMs;
  return { value: required(access_token, "access_token"), expiresAt: Date.now() + lifetimeMs };
}

type TokenFields = {
  access_token?: string;
  expires_in?: number;
  accessToken?: string;
  expireTime?: string;
};

/** The fields of a token's answer that are of the type they should be. */
function fieldsOf(data: object): TokenFields {
  const typed = { access_token: "string", expires_in: "number", accessToken: "string", expireTime: "string" };
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, type]) => {
      const value: unknown = Reflect.get(data, name);
      return typeof value === type ? [[name, value]] : [];
    }),
  );
}

type MachineSource = {
  token(): Promise<AccessToken>;
  project(): Promise<string | null>;
  /** Throws when what proves this machine's identity would go to an emulator that runs elsewhere. */
  refuseStrangers(): void;
};

/** The machine's own credentials, found as Google's libraries find them, or the emulator's that stand in for them. */
function machineSource(
  caller: GcpCaller,
  endpointUrl: string | undefined,
  emulator: EmulatorCredentials | undefined,
): MachineSource {
  // A bearer token works for whoever gets it: one of this machine's must not go where a connection's address says.
  const refuseStrangers = () => {
    if (endpointUrl === undefined || isLoopback(endpointUrl)) return;
    throw new CredentialsUnavailable(
      "This machine's Google credentials are only sent to Google, or to an emulator on this machine.",
    );
  };
  if (emulator) {
    const form = {
      grant_type: "refresh_token",
      client_id: emulator.clientId,
      client_secret: emulator.clientSecret,
      refresh_token: emulator.refreshToken,
    };
    return {
      token: () => requestToken(caller, new URL("https://oauth2.googleapis.com/token"), form),
      project: async () => emulator.projectId ?? null,
      refuseStrangers: () => {},
    };
  }
  const newClient = async () => {
    // Loaded only by those who use it: the library is large, and so is what it brings along.
    const { GoogleAuth } = await import("google-auth-library");
    const clientOptions = { transporterOptions: { adapter: tokenAdapter(caller) } };
    return new GoogleAuth({ scopes, clientOptions }).getClient();
  };
  return {
    refuseStrangers,
    // A library's client is made anew each time, so that a file that was replaced is read again.
    token: () => {
      refuseStrangers();
      return sayingWhy(async () => {
        const client = await newClient();
        let expiresAt: number | null | undefined;
        client.on("tokens", (tokens) => {
          expiresAt = tokens.expiry_date;
        });
        const { token } = await client.getAccessToken();
        return {
          value: required(token, "access token"),
          expiresAt: expiresAt ?? client.credentials.expiry_date ?? Date.now() + assumedLifetimeMs,
          quotaProject: client.quotaProjectId,
        };
      });
    },
    project: async () => {
      const named = process.env.GOOGLE_CLOUD_PROJECT || process.env.GCLOUD_PROJECT;
      if (named) return named;
      const client = await sayingWhy(newClient);
      return client.projectId ?? client.quotaProjectId ?? null;
    },
  };
}

/** What the library throws without any provider having said it is about this machine's set-up. */
async function sayingWhy<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (classifyGcpError(error) !== null) throw error;
    throw new CredentialsUnavailable(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function isLoopback(endpointUrl: string): boolean {
  const { hostname } = new URL(endpointUrl);
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
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
