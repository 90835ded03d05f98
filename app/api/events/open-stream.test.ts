import { afterEach, expect, it, vi } from "vitest";
import { EventHub } from "./hub.ts";
import { openStream } from "./open-stream.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stream) text += new TextDecoder().decode(piece);
  return text;
}

it("ends when the session does, and frees its place", async () => {
  vi.useFakeTimers();
  const hub = new EventHub(async () => ({ stop: async () => undefined }));
  const who = { organisationId: "org_a", userId: "usr_a" };
  let isLive = true;
  const stream = await openStream(hub, who, new AbortController().signal, async () => isLive);
  const reading = readAll(stream);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(hub.size).toBe(1);
  isLive = false;
  await vi.advanceTimersByTimeAsync(25_000);
  expect(await reading).toBe("retry: 2000\n\n: still here\n\n");
  expect(hub.size).toBe(0);
});

it("goes on while nobody can say whether the session still counts, and ends with the request", async () => {
  vi.useFakeTimers();
  const hub = new EventHub(async () => ({ stop: async () => undefined }));
  const request = new AbortController();
  const who = { organisationId: "org_a", userId: "usr_a" };
  const stream = await openStream(hub, who, request.signal, async () => {
    throw new Error("The database is away.");
  });
  const reading = readAll(stream);
  await vi.advanceTimersByTimeAsync(50_000);
  request.abort();
  expect(await reading).toBe("retry: 2000\n\n: still here\n\n: still here\n\n");
  expect(hub.size).toBe(0);
});
