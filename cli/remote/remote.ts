import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { RemoteClient } from "./client.ts";

/** The server that PARAPET_URL names, or null for this machine's own installation. */
export function remoteClient(organisation?: string): RemoteClient | null {
  const { remote } = env();
  if (!remote) return null;
  if (organisation !== undefined) {
    throw new DomainError(
      "invalid_input",
      "--organisation doesn't go with PARAPET_URL: a token is of one organisation.",
    );
  }
  return new RemoteClient(remote);
}

/** As `remoteClient`, for what only a person does. Throws a DomainError where there is no server to do it as one. */
export function requireRemote(what: string): RemoteClient {
  const client = remoteClient();
  if (client) return client;
  throw new DomainError(
    "invalid_input",
    `Nothing was changed: to ${what}, set PARAPET_URL and PARAPET_TOKEN. On the database itself the command line acts for nobody, and this is always somebody's act.`,
  );
}

/** For what can only be done on the server's own machine. */
export function refuseRemote(command: string): void {
  if (!env().remote) return;
  throw new DomainError(
    "invalid_input",
    `${command} can't be done through the API. Run it where the server is, without PARAPET_URL and PARAPET_TOKEN.`,
  );
}
