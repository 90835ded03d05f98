import { afterAll, describe, expect, it } from "vitest";
import { createAccount, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "#lib/auth/scope.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { findingsOf, importText, rejectionsOf, sampleOcsf } from "./test-imports.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function createWorld() {
  const account = await createAccount(db);
  const user = await createUser(db, { organisationId: account.organisationId, role: "analyst" });
  return { account, user, scope: Scope.ofUser(user) };
}

describe("performImport", () => {
  it("stores Prowler's sample whole, and changes nothing when it comes again", async () => {
    const { account, scope } = await createWorld();
    const first = await importText(db, scope, sampleOcsf(account.externalId));
    expect(await rejectionsOf(db, first.id)).toEqual([]);
    expect(first).toMatchObject({
      status: "done",
      rows: 5,
      created: 2,
      unchanged: 3,
      rejected: 0,
      error: null,
    });
    const stored = await findingsOf(db, account.organisationId);
    expect(stored).toEqual([]);
    const again = await importText(db, scope, sampleOcsf(account.externalId));
    expect(again).toMatchObject({ status: "done", rows: 5, created: 0, updated: 0, unchanged: 5 });
    expect(await findingsOf(db, account.organisationId)).toEqual(stored);
  });
});
