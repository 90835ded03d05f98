import { classifyGcpError } from "#lib/clouds/gcp/errors.ts";
import { ActionRefused } from "../action-handler.ts";
import { type CloudCall, defineCall } from "../operation.ts";

type GcpCall<Input> = Omit<CloudCall<"gcp", Input>, "cloud">;

/** Declares a call of a Google API, and tells refusals that would come again from those that pass by themselves. */
export function defineGcpCall<Input>({ send, ...call }: GcpCall<Input>): CloudCall {
  return defineCall<"gcp", Input>({
    ...call,
    cloud: "gcp",
    send: (access, input, context) => refusingForGood(() => send(access, input, context)),
  });
}

/** What Google answers to a call that it would refuse again. */
const lasting = new Set([
  "INVALID_ARGUMENT",
  "FAILED_PRECONDITION",
  "ALREADY_EXISTS",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "SERVICE_DISABLED",
  "CONSUMER_SERVICE_DISABLED",
]);

async function refusingForGood<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof ActionRefused) throw error;
    const said = classifyGcpError(error);
    if (said?.name === "NOT_FOUND") throw new ActionRefused("gone", said.message, { cause: error });
    // A resource that another operation is still changing is asked for again.
    if (said && lasting.has(said.name) && !/not ready/i.test(said.message)) {
      throw new ActionRefused("failed", `${said.name}: ${said.message}`, { cause: error });
    }
    throw error;
  }
}

/** Undefined in the place of an answer that says there is nothing of the name. */
export async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (classifyGcpError(error)?.name === "NOT_FOUND") return undefined;
    throw error;
  }
}

const mostTries = 4;

/**
 * Reads, changes and writes back under the etag or fingerprint that was read; begins again when somebody else was
 * quicker. `write` is given what `read` gave, and answers false when there is nothing to write.
 */
export async function readModifyWrite<T>(
  read: () => Promise<T>,
  write: (current: T) => Promise<unknown>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const current = await read();
    try {
      await write(current);
      return;
    } catch (error) {
      if (tries >= mostTries || !isStale(error)) throw error;
    }
  }
}

/** Google answers 409 or 412 to who writes what they read before somebody else's change. */
function isStale(error: unknown): boolean {
  const said = classifyGcpError(error);
  return (
    said?.name === "ABORTED" ||
    (said?.name === "FAILED_PRECONDITION" && /condition|fingerprint/i.test(said.message))
  );
}
