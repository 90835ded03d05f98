import { refuseEmulator } from "../emulator.ts";
import { CallGovernor } from "../limits.ts";
import { type AzureConnection, type AzureEndpoints, type AzureSecrets, endpointsOf } from "./connection.ts";
import { loginOf } from "./credentials.ts";
import { type TokenSource, tokenSource } from "./tokens.ts";
import { createTransport, type Transport } from "./transport.ts";

/** One account as one process reaches it: tokens, sockets and limits, shared by its clients. */
export type AzureSession = {
  endpoints: AzureEndpoints;
  /** For Azure Resource Manager and for Microsoft Graph. */
  tokens: { resourceManager: TokenSource; graph: TokenSource };
  governor: CallGovernor;
  transport: Transport;
  /** Draws the waiting times of retries, evenly from [0, 1); `Math.random` when left out. */
  random?: () => number;
  /** Closes the sockets; calls that are under way fail. */
  close(): void;
};

/**
 * Opens a session. Nothing is called before the first request; wrong credentials show then. An emulator that is not to be
 * trusted throws.
 *
 * @param secrets Unsealed, by the names that `azureSecretsOf` tells; kept in memory alone. A missing one throws.
 */
export function azureSession(
  connection: AzureConnection,
  secrets: AzureSecrets = {},
  { governor = new CallGovernor(), random }: { governor?: CallGovernor; random?: () => number } = {},
): AzureSession {
  refuseEmulator(connection, connection.type === "default" ? "machine" : "own");
  const endpoints = endpointsOf(connection);
  const transport = createTransport(endpoints.ca);
  const login = loginOf(connection, secrets, endpoints, { transport, governor, random });
  return {
    endpoints,
    tokens: {
      resourceManager: tokenSource(endpoints.resourceManagerScope, login),
      graph: tokenSource(endpoints.graphScope, login),
    },
    governor,
    transport,
    ...(random ? { random } : {}),
    close: () => transport.close(),
  };
}
