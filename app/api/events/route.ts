import { database } from "#db/client.ts";
import { accountProgressChannel, accountsChannel } from "#lib/accounts/notify.ts";
import { requireScope } from "#lib/auth/session.ts";
import { findingsChannel } from "#lib/findings/notify.ts";
import { errorResponse } from "#lib/http-error.ts";
import { scanChannel } from "#lib/scans/store/complete.ts";
import { EventHub } from "./hub.ts";

export const dynamic = "force-dynamic";

const heartbeatMs = 25_000;
/** A stream ends after this long; the browser opens another at once, and its session is looked at again. */
const lifeMs = 10 * 60_000;

const channels = [
  [scanChannel, "scan"],
  [accountsChannel, "account"],
  [accountProgressChannel, "account"],
  [findingsChannel, "finding"],
] as const;

const hub = new EventHub(async (heard) => {
  const { sql } = database();
  const listening = await Promise.all(
    channels.map(([channel, kind]) => sql.listen(channel, (payload) => heard(kind, payload))),
  );
  return { stop: async () => void (await Promise.all(listening.map(({ unlisten }) => unlisten()))) };
});

/** Server-sent events: `scan`, `account` and `finding` with `{ id }` whenever one of one's organisation moved. */
export async function GET(request: Request): Promise<Response> {
  try {
    const scope = await requireScope();
    scope.require("scans:read");
    const stream = await openStream(
      { organisationId: scope.organisationId, userId: scope.actor.id },
      request.signal,
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

async function openStream(
  who: { organisationId: string; userId: string },
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const pending: string[] = [];
  let push = (text: string): void => {
    pending.push(text);
  };
  const leave = await hub.subscribe(who, ({ kind, id }) => {
    push(`event: ${kind}\ndata: ${JSON.stringify({ id })}\n\n`);
  });
  let release = leave;
  return new ReadableStream({
    start(controller) {
      push = (text) => {
        // A browser that reads too slowly misses events, never memory: each only says "look again".
        if ((controller.desiredSize ?? 0) > -64) controller.enqueue(encoder.encode(text));
      };
      const heartbeat = setInterval(() => push(": still here\n\n"), heartbeatMs);
      const end = () => {
        release();
        controller.close();
      };
      const life = setTimeout(end, lifeMs);
      release = () => {
        push = () => undefined;
        clearInterval(heartbeat);
        clearTimeout(life);
        signal.removeEventListener("abort", end);
        leave();
      };
      push("retry: 2000\n\n");
      for (const text of pending) push(text);
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    },
    cancel() {
      release();
    },
  });
}
