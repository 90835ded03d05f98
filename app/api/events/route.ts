import { database } from "#db/client.ts";
import { findLiveSession } from "#db/identity/queries.ts";
import { accountProgressChannel, accountsChannel } from "#lib/accounts/notify.ts";
import { requireSession } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { findingsChannel } from "#lib/findings/notify.ts";
import { errorResponse } from "#lib/http-error.ts";
import { remediationChannel } from "#lib/remediation/notify.ts";
import { scanChannel } from "#lib/scans/store/complete.ts";
import { EventHub } from "./hub.ts";
import { openStream } from "./open-stream.ts";

export const dynamic = "force-dynamic";

const channels = [
  [scanChannel, "scan"],
  [accountsChannel, "account"],
  [accountProgressChannel, "account"],
  [findingsChannel, "finding"],
  [remediationChannel, "plan"],
] as const;

const hub = new EventHub(async (heard) => {
  const { sql } = database();
  const listening = await Promise.all(
    channels.map(([channel, kind]) => sql.listen(channel, (payload) => heard(kind, payload))),
  );
  return { stop: async () => void (await Promise.all(listening.map(({ unlisten }) => unlisten()))) };
});

/** Server-sent events: `scan`, `account`, `finding` and `plan` with `{ id }` whenever one of one's organisation moved. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { scope, session } = await requireSession();
    scope.require("scans:read");
    const who = { organisationId: scope.organisationId, userId: scope.actor.id };
    const stream = await openStream(
      hub,
      who,
      request.signal,
      async () => (await findLiveSession(database().db, session.id, env())) !== null,
    );
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "private, no-store, no-transform",
        // Reverse proxies hold back what they take for an ordinary answer.
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    return errorResponse(error);
  }
}
