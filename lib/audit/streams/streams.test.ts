import { hash } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { auditDeliveries, auditEntries, auditStreams } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { newKeyring } from "../../accounts/test-accounts.ts";
import type { Scope } from "../../auth/scope.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { provideKeyring } from "../../secrets/keys.ts";
import { appendAudit } from "../append.ts";
import { sealPending } from "../seal/seal.ts";
import { DeliveryFailed, giveUpDelivery, performDelivery } from "./deliver.ts";
import { performFanOut } from "./fan-out.ts";
import { mostWaiting, type StreamFilter } from "./model.ts";
import { pruneDeliveries } from "./prune.ts";
import { endlessly, expectedSignature, openReceiver } from "./test-receiver.ts";
import { changeStream } from "./verbs/change-stream.ts";
import { createStream } from "./verbs/create-stream.ts";
import { replayDeliveries } from "./verbs/replay-deliveries.ts";
import { rotateStreamSecret } from "./verbs/rotate-stream-secret.ts";
import { testStream } from "./verbs/test-stream.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
provideKeyring(newKeyring("2026"));
const receiver = await openReceiver();
afterEach(() => receiver.reset());
afterAll(async () => {
  receiver.close();
  await queue.close();
  await close();
});

const everything: StreamFilter = { actions: [], objectKinds: [], actors: [], results: [] };

/** A stream of an organisation of its own, whose receiver is on this machine: no verb lets one be set that is. */
async function streaming(filter: Partial<StreamFilter> = {}) {
  const scope = await createScope(db, { role: "admin" });
  await seal();
  const { streamId, secret } = await createStream(db, scope, {
    name: "SIEM",
    url: "https://siem.example.com/hook",
    filter: { ...everything, ...filter },
  });
  await db.update(auditStreams).set({ url: receiver.url }).where(eq(auditStreams.id, streamId));
  // So that a test's first entry is the first that is sent.
  await seal();
  await performFanOut(db);
  await db.delete(auditDeliveries).where(eq(auditDeliveries.streamId, streamId));
  return { scope, streamId, secret };
}
type Streaming = Awaited<ReturnType<typeof streaming>>;

const seal = () => sealPending(db);
const write = (
  scope: Pick<Scope, "organisationId" | "actor" | "tokenId" | "correlationId">,
  ...actions: string[]
) =>
  db.transaction(async (tx: Transaction) => {
    for (const action of actions) {
      await appendAudit(tx, scope, {
        action,
        object: { kind: action.split(".")[0] ?? "", id: "one" },
        after: { umlaut: "Größe", n: 1.5 },
      });
    }
  });

const deliveries = ({ streamId }: Streaming) =>
  db
    .select()
    .from(auditDeliveries)
    .where(eq(auditDeliveries.streamId, streamId))
    .orderBy(asc(auditDeliveries.position));
const streamOf = async ({ streamId }: Streaming) => {
  const [stream] = await db.select().from(auditStreams).where(eq(auditStreams.id, streamId));
  if (!stream) throw new Error("There is no such stream.");
  return stream;
};
const systemEntries = ({ scope }: Streaming) =>
  db
    .select({ action: auditEntries.action, result: auditEntries.result, after: auditEntries.after })
    .from(auditEntries)
    .where(and(eq(auditEntries.actorId, "streams"), eq(auditEntries.organisationId, scope.organisationId)))
    .orderBy(auditEntries.id);

const here = { allowLoopback: true, timeoutMs: 5_000 };

/** Writes, seals, queues and sends. */
async function send(stream: Streaming, ...actions: string[]) {
  await write(stream.scope, ...actions);
  await seal();
  await performFanOut(db);
  for (const { id, state } of await deliveries(stream)) {
    if (state === "queued") await performDelivery(db, id, here);
  }
}
const sentActions = () =>
  receiver.received.map(({ body }) => Reflect.get(JSON.parse(body).data.entry, "action") as string);

describe("a stream", () => {
  it("sends what is sealed, as it was hashed, and signs it", async () => {
    const stream = await streaming();
    await write(stream.scope, "scan.start");
    await performFanOut(db);
    expect(await deliveries(stream)).toEqual([]);

    await send(stream);
    const [first] = receiver.received;
    if (!first) throw new Error("Nothing was received.");
    const body = JSON.parse(first.body);
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.entryId, body.data.entry.id));
    const [delivery] = await deliveries(stream);
    expect(body).toEqual({
      type: "audit.entry",
      timestamp: entry?.at.toISOString(),
      data: {
        stream: stream.streamId,
        position: delivery?.position,
        leaf: Buffer.from(entry?.leaf ?? []).toString("base64"),
        entry: expect.objectContaining({ action: "scan.start", v: 1, after: { n: 1.5, umlaut: "Größe" } }),
      },
    });
    const canonical = first.body.slice(first.body.indexOf('"entry":') + 8, -2);
    expect(hash("sha256", `\0${canonical}`, "base64")).toBe(body.data.leaf);
    expect(first.headers["webhook-id"]).toBe(entry?.entryId);
    expect(first.headers["webhook-signature"]).toBe(expectedSignature(first, stream.secret));
    expect(delivery).toMatchObject({ state: "delivered", attempts: 1, status: 204, error: null });
  });

  it("sends what its filter asks for, of its own organisation alone", async () => {
    const stream = await streaming({ actions: ["scan.*", "user.invite"] });
    const other = await createScope(db, { role: "admin" });
    await write(other, "scan.start");
    await send(stream, "scan.start", "scanner.start", "user.invite", "user.disable", "scan.end");
    expect(sentActions()).toEqual(["scan.start", "user.invite", "scan.end"]);
  });

  it("queues nothing twice, also when two workers look at the same time", async () => {
    const stream = await streaming();
    await write(stream.scope, ...Array.from({ length: 30 }, (_, at) => `scan.step${at}`));
    await seal();
    await Promise.all([performFanOut(db), performFanOut(db), performFanOut(db)]);
    await performFanOut(db);
    const queued = await deliveries(stream);
    expect(queued.map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => "queued"));
    const positions = queued.map(({ position }) => position);
    expect(new Set(positions).size).toBe(30);
    expect((await streamOf(stream)).position).toBeGreaterThan(Math.max(...positions));
  });

  it("that can't be looked at keeps nothing from the others", async () => {
    const [broken, stream] = [await streaming(), await streaming()];
    await db
      .update(auditStreams)
      .set({ filter: { results: "all" } })
      .where(eq(auditStreams.id, broken.streamId));
    await write(stream.scope, "scan.start");
    await seal();
    await expect(performFanOut(db)).rejects.toThrow("One or more webhooks could not be looked at.");
    expect(await deliveries(stream)).toHaveLength(1);
    await db.delete(auditStreams).where(eq(auditStreams.id, broken.streamId));
  });

  it("waits at its cursor while too much is queued, and goes on from there", async () => {
    const stream = await streaming();
    await write(stream.scope, ...Array.from({ length: mostWaiting + 5 }, () => "scan.start"));
    await seal();
    await performFanOut(db);
    expect(await deliveries(stream)).toHaveLength(mostWaiting);
    const [first] = await deliveries(stream);
    await performDelivery(db, first?.id ?? "", here);
    await performFanOut(db);
    expect(await deliveries(stream)).toHaveLength(mostWaiting + 1);
  });

  it("sends nothing while it is paused, and what it missed once it goes on", async () => {
    const stream = await streaming();
    await write(stream.scope, "scan.start");
    await seal();
    await performFanOut(db);
    const { revision } = await streamOf(stream);
    await changeStream(db, stream.scope, { streamId: stream.streamId, revision, enabled: false });
    const [queued] = await deliveries(stream);
    await performDelivery(db, queued?.id ?? "", here);
    await write(stream.scope, "scan.end");
    await seal();
    await performFanOut(db);
    expect([receiver.received.length, (await deliveries(stream)).length]).toEqual([0, 1]);

    const next = { streamId: stream.streamId, revision: revision + 1, enabled: true };
    await changeStream(db, stream.scope, next);
    await send(stream);
    expect(sentActions()).toEqual(["scan.start", "stream.change", "scan.end", "stream.change"]);
  });

  it("signs with the old secret, too, for a day after it was rotated, unless that is known to others", async () => {
    const stream = await streaming();
    const { streamId } = stream;
    const { revision } = await streamOf(stream);
    const rotated = await rotateStreamSecret(db, stream.scope, { streamId, revision });
    await send(stream);
    const [first] = receiver.received;
    if (!first) throw new Error("Nothing was received.");
    expect(first.headers["webhook-signature"]).toBe(
      `${expectedSignature(first, rotated.secret)} ${expectedSignature(first, stream.secret)}`,
    );
    const last = await rotateStreamSecret(db, stream.scope, {
      ...{ streamId, revision: rotated.revision, endOldOne: true },
    });
    receiver.reset();
    await send(stream);
    const [second] = receiver.received;
    if (!second) throw new Error("Nothing was received.");
    expect(second.headers["webhook-signature"]).toBe(expectedSignature(second, last.secret));
    expect(last.oldUntil).toBeNull();
  });
});

describe("a receiver", () => {
  it.each<[string, number, string]>([
    ["is down", 503, "The receiver answered 503."],
    ["asks for patience", 429, "The receiver answered 429."],
    ["won't have it", 400, "The receiver answered 400."],
    [
      "redirects",
      302,
      "The receiver answered 302. Redirects are not followed: set the address that it moved to.",
    ],
  ])("that %s is tried again, and known to fail until it recovers", async (_, status, error) => {
    const stream = await streaming();
    receiver.answer((response) => void response.writeHead(status, { location: receiver.origin }).end());
    await expect(send(stream, "scan.start")).rejects.toThrow(DeliveryFailed);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/hook"]);
    const [failed] = await deliveries(stream);
    expect(failed).toMatchObject({ state: "queued", attempts: 1, status, error, endedAt: null });
    expect((await streamOf(stream)).failingSince).toBeInstanceOf(Date);

    receiver.answer(null);
    await performDelivery(db, failed?.id ?? "", here);
    expect((await deliveries(stream))[0]).toMatchObject({ state: "delivered", attempts: 2, error: null });
    expect((await streamOf(stream)).failingSince).toBeNull();
  });

  it("that is slow is not waited for", async () => {
    const stream = await streaming();
    receiver.answer(() => undefined);
    await write(stream.scope, "scan.start");
    await seal();
    await performFanOut(db);
    const [delivery] = await deliveries(stream);
    const waiting = performDelivery(db, delivery?.id ?? "", { ...here, timeoutMs: 100 });
    await expect(waiting).rejects.toThrow("127.0.0.1 did not answer within 0.1 s.");
    expect((await deliveries(stream))[0]).toMatchObject({ state: "queued", attempts: 1, status: null });
  });

  it("that answers without an end is not listened to", async () => {
    const stream = await streaming();
    receiver.answer(endlessly);
    await send(stream, "scan.start");
    expect((await deliveries(stream))[0]).toMatchObject({ state: "delivered", status: 200 });
  });

  it("that isn't there is tried again", async () => {
    const stream = await streaming();
    const gone = await openReceiver();
    gone.close();
    await db.update(auditStreams).set({ url: gone.url }).where(eq(auditStreams.id, stream.streamId));
    await expect(send(stream, "scan.start")).rejects.toThrow(
      /^127\.0\.0\.1 could not be reached: .*ECONNREFUSED/,
    );
  });

  it("inside is never reached, however that is spelled, and that is final", async () => {
    const stream = await streaming();
    const inside = receiver.url.replace("http://127.0.0.1", "https://[::ffff:127.0.0.1]");
    await db.update(auditStreams).set({ url: inside }).where(eq(auditStreams.id, stream.streamId));
    await write(stream.scope, "scan.start");
    await seal();
    await performFanOut(db);
    const [delivery] = await deliveries(stream);
    await performDelivery(db, delivery?.id ?? "", {});
    expect(receiver.received).toEqual([]);
    expect((await deliveries(stream))[0]).toMatchObject({
      ...{ state: "dead", attempts: 1, status: null },
      error: "A webhook goes to the public internet, not to this machine or its network.",
    });
  });

  it("that is no more (410) pauses the stream, which says so in the trail", async () => {
    const stream = await streaming();
    receiver.answer((response) => void response.writeHead(410).end());
    await send(stream, "scan.start");
    expect(await streamOf(stream)).toMatchObject({ enabled: false });
    expect((await deliveries(stream))[0]).toMatchObject({ state: "queued", attempts: 1, status: 410 });
    const entries = await systemEntries(stream);
    expect(entries.at(-1)).toEqual({
      ...{ action: "stream.pause", result: "failed" },
      after: { enabled: false, error: "The receiver answered 410.", status: 410 },
    });
  });

  it("given up after a day is told of once, and not through the stream itself", async () => {
    const stream = await streaming();
    receiver.answer((response) => void response.writeHead(500).end());
    await write(stream.scope, "scan.start", "scan.end");
    await seal();
    await performFanOut(db);
    for (const { id } of await deliveries(stream)) {
      await expect(performDelivery(db, id, here)).rejects.toThrow(DeliveryFailed);
      await giveUpDelivery(db, id);
      await giveUpDelivery(db, id);
    }
    expect((await deliveries(stream)).map(({ state, error }) => [state, error])).toEqual([
      ["dead", "The receiver answered 500."],
      ["dead", "The receiver answered 500."],
    ]);
    const told = await db
      .select({ action: auditEntries.action, objectId: auditEntries.objectId })
      .from(auditEntries)
      .where(eq(auditEntries.action, "stream.fail"));
    expect(told.filter(({ objectId }) => objectId === stream.streamId)).toHaveLength(1);
    receiver.reset();
    await send(stream);
    expect(sentActions()).toEqual([]);
  });
});

describe("what was sent", () => {
  const ended = async () => {
    const stream = await streaming();
    receiver.answer((response) => void response.writeHead(500).end());
    await write(stream.scope, "scan.start", "scan.end", "scan.cancel");
    await seal();
    await performFanOut(db);
    const [, , last] = await deliveries(stream);
    for (const { id } of await deliveries(stream)) {
      if (id === last?.id) receiver.answer(null);
      await performDelivery(db, id, here).catch(() => giveUpDelivery(db, id));
    }
    receiver.reset();
    return stream;
  };
  const states = async (stream: Streaming) => (await deliveries(stream)).map(({ state }) => state);

  it("is sent again one by one, under the same id", async () => {
    const stream = await ended();
    const { streamId, scope } = stream;
    const [first, , last] = await deliveries(stream);
    for (const delivery of [first, last]) {
      const answer = await replayDeliveries(db, scope, {
        ...{ which: "one", streamId, deliveryId: delivery?.id ?? "" },
      });
      expect(answer).toEqual({ queued: 1, left: 0, position: null });
      await performDelivery(db, delivery?.id ?? "", here);
    }
    expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([
      first?.entryId,
      last?.entryId,
    ]);
    expect(await states(stream)).toEqual(["delivered", "dead", "delivered"]);
    const nothing = { which: "one" as const, streamId, deliveryId: "dlv_none" };
    await expect(replayDeliveries(db, scope, nothing)).rejects.toMatchObject({ code: "not_found" });
  });

  it("and was given up is sent again together", async () => {
    const stream = await ended();
    const { streamId, scope } = stream;
    expect(await replayDeliveries(db, scope, { which: "dead", streamId })).toEqual({
      ...{ queued: 2, left: 0, position: null },
    });
    expect(await states(stream)).toEqual(["queued", "queued", "delivered"]);
    await send(stream);
    expect(sentActions().slice(0, 2)).toEqual(["scan.start", "scan.end"]);
  });

  it("is sent again from a position on, with what was forgotten meanwhile", async () => {
    const stream = await ended();
    const { streamId, scope } = stream;
    const [first] = await deliveries(stream);
    await db.delete(auditDeliveries).where(eq(auditDeliveries.id, first?.id ?? ""));
    const position = first?.position ?? 0;
    expect(await replayDeliveries(db, scope, { which: "from", streamId, position })).toEqual({
      ...{ queued: null, left: null, position },
    });
    await send(stream);
    expect(sentActions()).toEqual(["scan.start", "scan.end", "scan.cancel", "stream.replay"]);
    expect(receiver.received[0]?.headers["webhook-id"]).toBe(first?.entryId);
  });

  it("is forgotten after a while, what was given up later", async () => {
    const stream = await ended();
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await pruneDeliveries(db, inDays(6));
    expect(await states(stream)).toEqual(["dead", "dead", "delivered"]);
    await pruneDeliveries(db, inDays(8));
    expect(await states(stream)).toEqual(["dead", "dead"]);
    await pruneDeliveries(db, inDays(31));
    expect(await states(stream)).toEqual([]);
  });
});

it("a test is sent at once, and what the receiver makes of it is told", async () => {
  const { scope, streamId, secret } = await streaming();
  expect(await testStream(db, scope, { streamId }, here)).toEqual({
    delivered: true,
    status: 204,
    error: null,
  });
  const [first] = receiver.received;
  if (!first) throw new Error("Nothing was received.");
  expect(JSON.parse(first.body)).toEqual({
    type: "audit.test",
    timestamp: expect.stringMatching(/Z$/),
    data: { stream: streamId, message: "Parapet can reach this receiver." },
  });
  expect(first.headers["webhook-signature"]).toBe(expectedSignature(first, secret));
  receiver.answer((response) => void response.writeHead(401).end());
  expect(await testStream(db, scope, { streamId }, here)).toEqual({
    ...{ delivered: false, status: 401, error: "The receiver answered 401." },
  });
  expect(await testStream(db, scope, { streamId })).toMatchObject({ delivered: false, status: null });
  expect(receiver.received).toHaveLength(2);
});

it("the queue carries a delivery to its receiver", async () => {
  const stream = await streaming();
  const worker = await openQueue(url, { works: true });
  // What the other tests queued is of no matter here.
  await worker.boss.deleteQueuedJobs("audit-deliver");
  const sent = new Promise<void>((resolve) => {
    receiver.answer((response) => {
      response.writeHead(204).end();
      resolve();
    });
  });
  await worker.boss.work<{ deliveryId: string }>("audit-deliver", async ([job]) => {
    if (job) await performDelivery(db, job.data.deliveryId, here);
  });
  await write(stream.scope, "scan.start");
  await seal();
  await performFanOut(db);
  await sent;
  expect(sentActions()).toEqual(["scan.start"]);
  await worker.close();
});
