import { required } from "#lib/inventory/answers.ts";
import type { GcpCaller } from "./calls.ts";
import { CredentialsUnavailable, classifyGcpError, ownWords } from "./errors.ts";
import { requestToken, scopes } from "./request-token.ts";
import { tokenAdapter } from "./sdk-adapter.ts";
import { type AccessToken, assumedLifetimeMs } from "./tokens.ts";

/** A user's credentials as `gcloud auth application-default login` stores them; for an emulator only, in memory alone. */
export type EmulatorCredentials = {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** The project that is meant when a connection names none. */
  projectId?: string;
};

export type MachineSource = {
  token(): Promise<AccessToken>;
  project(): Promise<string | null>;
};

/** The machine's own credentials, found as Google's libraries find them, or the emulator's that stand in for them. */
export function machineSource(caller: GcpCaller, emulator: EmulatorCredentials | undefined): MachineSource {
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
    };
  }
  const newClient = async () => {
    // Loaded only by those who use it: the library is large, and so is what it brings along.
    const { GoogleAuth } = await import("google-auth-library");
    const clientOptions = { transporterOptions: { adapter: tokenAdapter(caller) } };
    return new GoogleAuth({ scopes, clientOptions }).getClient();
  };
  return {
    // A library's client is made anew each time, so that a file that was replaced is read again.
    token: () =>
      sayingWhy(async () => {
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
      }),
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
    throw new CredentialsUnavailable(ownWords(error), { cause: error });
  }
}
