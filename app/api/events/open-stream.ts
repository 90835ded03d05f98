import type { EventHub } from "./hub.ts";

const heartbeatMs = 25_000;
/** A stream ends after this long; the browser opens another at once, and its session is looked at again. */
const lifeMs = 10 * 60_000;

/**
 * One browser's stream, until it leaves, its time is over, or its session no longer counts, which is looked at with every
 * heartbeat. Throws as `subscribe` does.
 */
export async function openStream(
  hub: EventHub,
  who: { organisationId: string; userId: string },
  signal: AbortSignal,
  isSessionLive: () => Promise<boolean>,
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
      let isOpen = true;
      push = (text) => {
        // A browser that reads too slowly misses events, never memory: each only says "look again".
        if ((controller.desiredSize ?? 0) > -64) controller.enqueue(encoder.encode(text));
      };
      const end = () => {
        if (!isOpen) return;
        release();
        controller.close();
      };
      const beat = async () => {
        // Where the database can't say, the stream's own end is soon enough.
        const isLive = await isSessionLive().catch(() => true);
        if (isLive) push(": still here\n\n");
        else end();
      };
      const heartbeat = setInterval(() => void beat(), heartbeatMs);
      const life = setTimeout(end, lifeMs);
      release = () => {
        isOpen = false;
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
