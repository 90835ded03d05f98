import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import { auditEntries, auditStreams } from "#db/audit/schema.ts";
import { getStream, listDeliveries, listStreams } from "#db/audit/streams.ts";
import { createScope, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { allButAdmin, newKeyring } from "../../../accounts/test-accounts.ts";
import { Scope } from "../../../auth/scope.ts";
import { openQueue, provideQueue } from "../../../jobs/queue.ts";
import { provideKeyring } from "../../../secrets/keys.ts";
import { changeStream } from "./change-stream.ts";
import { createStream } from "./create-stream.ts";
import { deleteStream } from "./delete-stream.ts";
import { replayDeliveries } from "./replay-deliveries.ts";
import { rotateStreamSecret } from "./rotate-stream-secret.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
beforeEach(() => provideKeyring(newKeyring("2026")));
afterAll(async () => {
  await queue.close();
  await close();
});

const address = "https://siem.example.com/hooks/secret-part";
const filter = { actions: ["scan.*"], objectKinds: ["scan"], actors: [], results: ["failed" as const] };

async function made(changes: object = {}) {
  const scope = await createScope(db, { role: "admin" });
  const { streamId, secret } = await createStream(db, scope, {
    ...{ name: "SIEM", url: address, filter },
    ...changes,
  });
  return { scope, streamId, secret };
}
const entriesOf = (streamId: string) =>
  db
    .select({ action: auditEntries.action, before: auditEntries.before, after: auditEntries.after })
    .from(auditEntries)
    .where(eq(auditEntries.objectId, streamId))
    .orderBy(auditEntries.id);

it("a webhook is made, changed, rotated and deleted, and each is in the trail without a secret", async () => {
  const { scope, streamId, secret } = await made();
  const stream = await getStream(db, scope, streamId);
  expect(stream).toEqual({
    ...{ id: streamId, name: "SIEM", url: address, filter, enabled: true, revision: 0 },
    createdBy: { id: scope.actor.id, name: "Test user" },
    ...{ createdAt: expect.stringMatching(/Z$/), failingSince: null, position: 0, sealed: 0 },
    ...{ counts: { queued: 0, delivered: 0, dead: 0 }, lastDeliveredAt: null },
  });
  await changeStream(db, scope, { streamId, revision: 0, name: "Other" });
  expect(await getStream(db, scope, streamId)).toEqual({ ...stream, name: "Other", revision: 1 });
  const rotated = await rotateStreamSecret(db, scope, { streamId, revision: 1 });
  expect(rotated.secret).toMatch(/^whsec_.{44}$/);
  await deleteStream(db, scope, { streamId });
  expect(await listStreams(db, scope)).toEqual([]);
  const facts = { name: "SIEM", host: "siem.example.com", filter, enabled: true };
  const entries = await entriesOf(streamId);
  expect(entries).toEqual([
    { action: "stream.create", before: null, after: { ...facts, position: 0 } },
    { action: "stream.change", before: facts, after: { ...facts, name: "Other" } },
    { action: "stream.rotate", before: null, after: { oldSecretUntil: rotated.oldUntil } },
    { action: "stream.delete", before: { ...facts, name: "Other", position: 0 }, after: null },
  ]);
  const told = JSON.stringify(entries);
  expect([secret, rotated.secret, "secret-part"].filter((hidden) => told.includes(hidden))).toEqual([]);
});

it("its secret is stored sealed, and not without a key", async () => {
  const { scope, streamId, secret } = await made();
  const [row] = await db.select().from(auditStreams).where(eq(auditStreams.id, streamId));
  const stored = Buffer.from(row?.secret ?? []).toString("utf8");
  expect(stored).not.toContain(secret.replace("whsec_", ""));
  provideKeyring(null);
  await expect(createStream(db, scope, { name: "Two", url: address })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(await listStreams(db, scope)).toHaveLength(1);
});

it("who was faster is noticed, and so is a name that is taken", async () => {
  const { scope, streamId } = await made();
  await changeStream(db, scope, { streamId, revision: 0, enabled: false });
  await expect(changeStream(db, scope, { streamId, revision: 0, enabled: true })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(replayDeliveries(db, scope, { which: "dead", streamId })).rejects.toThrow("paused");
  await expect(createStream(db, scope, { name: "SIEM", url: address })).rejects.toMatchObject({
    ...{ code: "conflict", fields: { name: "There is a webhook by this name already." } },
  });
});

it.each([
  ["http://siem.example.com/", "A webhook's URL begins with https."],
  ["https://10.0.0.8/hook", "A webhook goes to the public internet, not to this machine or its network."],
  ["https://user:word@example.com/", "A webhook's URL may hold no user or password."],
])("%s is refused", async (given, message) => {
  const scope = await createScope(db, { role: "admin" });
  await expect(createStream(db, scope, { name: "SIEM", url: given })).rejects.toMatchObject({
    ...{ code: "invalid_input", fields: { url: message } },
  });
});

it("another organisation's is not found, and only administrators who see every account decide", async () => {
  const { scope, streamId } = await made();
  const stranger = await createScope(db, { role: "admin" });
  await expect(getStream(db, stranger, streamId)).rejects.toMatchObject({ code: "not_found" });
  await expect(listDeliveries(db, stranger, streamId)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteStream(db, stranger, { streamId })).rejects.toMatchObject({ code: "not_found" });
  const { organisationId } = scope;
  for (const role of allButAdmin) {
    const colleague = await createScope(db, { role, organisationId });
    await expect(deleteStream(db, colleague, { streamId })).rejects.toMatchObject({ code: "forbidden" });
  }
  const user = await createUser(db, { organisationId, role: "admin" });
  const partial = Scope.ofUser({ ...user, accountIds: [] });
  await expect(deleteStream(db, partial, { streamId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(listStreams(db, partial)).rejects.toMatchObject({ code: "forbidden" });
  expect(await listStreams(db, scope)).toHaveLength(1);
});

it("who only reads the trail sees where it goes, and not the rest of the address", async () => {
  const { scope, streamId } = await made();
  const auditor = await createScope(db, { role: "auditor", organisationId: scope.organisationId });
  expect((await getStream(db, auditor, streamId)).url).toBe("https://siem.example.com/…");
});
