import { type Env, env, isLoopback } from "../env.ts";
import { DomainError } from "../errors.ts";

/** What this process's environment says of emulators. */
type Allowing = Pick<Env, "sandbox" | "sandboxUrl">;

/**
 * Refuses to open a session that would send a machine's credentials or a stored secret to a host of a connection's choice:
 * whoever could write one into the store would be handed them. An emulator has to be on this machine, or where this
 * process's environment says that the sandbox is; outside sandbox mode it never gets what this machine itself is known by.
 * Throws a DomainError (`unavailable`).
 *
 * @param credentials `own`: made for the emulator, or stored for the account; `machine`: found in this process's
 * surroundings, and good for the provider itself.
 */
export function refuseEmulator(
  connection: object,
  credentials: "own" | "machine",
  allowing: Allowing = env(),
): void {
  if (emulatorAddresses(connection).length === 0) return;
  if (!isNearby(connection, allowing)) {
    throw new DomainError(
      "unavailable",
      "The account's connection names an emulator that is not on this machine. Nothing was sent to it.",
    );
  }
  if (credentials === "machine" && !allowing.sandbox) {
    throw new DomainError(
      "unavailable",
      "This machine's own credentials are sent to no emulator outside sandbox mode.",
    );
  }
}

/** Whether every emulator that a connection names is on this machine, or where the environment says that the sandbox is. */
export const isNearby = (connection: object, allowing: Allowing = env()): boolean =>
  emulatorAddresses(connection).every((address) => isAllowed(address, allowing));

/** Where a connection sends its calls instead of to its provider; none for most. */
function emulatorAddresses(connection: object): unknown[] {
  const emulator: unknown = Reflect.get(connection, "emulator");
  const within = typeof emulator === "object" && emulator !== null ? Object.entries(emulator) : [];
  return [
    Reflect.get(connection, "endpointUrl"),
    ...within.flatMap(([name, value]) => (name.endsWith("Url") ? [value] : [])),
  ].filter((address) => address !== undefined);
}

function isAllowed(address: unknown, { sandboxUrl }: Allowing): boolean {
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  if (isLoopback(hostname.replace(/^\[|\]$/g, ""))) return true;
  return sandboxUrl !== undefined && URL.canParse(sandboxUrl) && new URL(sandboxUrl).hostname === hostname;
}
