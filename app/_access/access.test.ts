import { afterAll, describe, expect, test, vi } from "vitest";
import type { Database } from "#db/client.ts";
import { type Role, roles } from "#db/identity/roles.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { callAction, callMutation, callRoute, Leave, type Result, request } from "./calls.ts";
import { type Entry, listActions, listMutations, listRoutes, readSource } from "./enumerate.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Access, isInner, type Outcome } from "./model.ts";
import { accessTable } from "./table/index.ts";
import { accountMarker, type Caller, createWorld, marker } from "./world.ts";

const { db, sql, url, close } = await createTestDatabase();
Object.assign(process.env, { DATABASE_URL: url, PARAPET_SANDBOX: "off", AUTH_SECRET: "s".repeat(32) });

/** The transaction of the call that is made; the product takes it for its own database. */
const current = { db };
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => request.cookies.get(name),
    getAll: () => [...request.cookies.values()],
    set: () => undefined,
    delete: () => undefined,
  }),
}));
vi.mock("next/navigation", () => {
  const leaveFor = (to: string) => {
    throw new Leave(to);
  };
  return { redirect: leaveFor, permanentRedirect: leaveFor, notFound: () => leaveFor("not_found") };
});
vi.mock("next/cache", () => ({ revalidatePath: () => undefined, refresh: () => undefined }));
vi.mock(import("#db/client.ts"), async (original) => ({
  ...(await original()),
  database: () => ({ db: current.db, sql, close: async () => undefined }),
}));

const queue = await openQueue(url, { works: false });
provideQueue(queue);
provideKeyring(null);
afterAll(async () => {
  await queue.close();
  await close();
});
const first = await createWorld(db);
const second = await createWorld(db, { own: "of another organisation", account: "of its accounts" });

/** The interface for programs has a registry of its own, which its own tests go through. */
const isApi = ({ key }: Entry) => key.includes(" /api/v1/");
const kinds = [
  { kind: "mutations", entries: listMutations(), nobody: null, call: callMutation },
  { kind: "actions", entries: listActions(), nobody: "sign_in", call: skipDatabase(callAction) },
  {
    kind: "route handlers",
    entries: listRoutes().filter((entry) => !isApi(entry)),
    nobody: "unauthenticated",
    call: skipDatabase(callRoute),
  },
] as const;

test("the table knows every mutation, action and route handler, and none that is gone", () => {
  const keys = kinds.flatMap(({ entries }) => entries.map(({ key }) => key));
  const lacking = keys.filter((key) => !(key in accessTable));
  const gone = Object.keys(accessTable).filter((key) => !keys.includes(key));
  expect({ lacking, gone }, "Say in app/_access/table who may call it.").toEqual({ lacking: [], gone: [] });
});

test("what programs ask of is answered by its registry alone", () => {
  const files = new Set(
    listRoutes()
      .filter(isApi)
      .map(({ file }) => file),
  );
  const others = [...files].filter((file) => {
    const text = readSource(file);
    const data = text.match(/from "#db\/(?!client\.ts)/);
    return !/return serveApi\(/.test(text) || data !== null;
  });
  expect({ files: files.size, others }).toEqual({ files: 1, others: [] });
});

test("what is reached through another names one that is tried", () => {
  const lost = Object.entries(accessTable).filter(([, row]) => {
    const through = isInner(row) ? accessTable[row.through] : row;
    return !through || isInner(through);
  });
  expect(lost).toEqual([]);
});

for (const { kind, entries, nobody, call } of kinds) {
  describe(kind, () => {
    test.for(entries.filter(({ key }) => key in accessTable))("$key", async (entry) => {
      const row = accessTable[entry.key];
      // One that the table lacks is told of above.
      if (!row || isInner(row)) return;
      const told = {} as Record<string, Outcome>;
      for (const role of roles) told[role] = await tryOut(entry, row, first.callers[role], role, call);
      const role = roles.find((each) => mayCall(row, each)) ?? "admin";
      if (nobody) told.nobody = await tryOut(entry, row, null, role, call);
      told.stranger = await tryOut(entry, row, second.callers[role], role, call);
      told.unseeing = await tryOut(entry, row, first.unseeing[role], role, call);
      expect(told).toEqual(expectedOf(row, nobody));
    });
  });
}

const mayCall = (row: Access, role: Role) => typeof row.roles === "string" || row.roles.includes(role);

function expectedOf(row: Access, nobody: Outcome | null): Record<string, Outcome> {
  const { outcome = "done", foreign = "not_found", unseen = foreign, refused = "forbidden" } = row;
  return {
    ...Object.fromEntries(roles.map((role) => [role, mayCall(row, role) ? outcome : refused])),
    ...(nobody ? { nobody: row.roles === "anyone" ? outcome : nobody } : {}),
    ...{ stranger: foreign, unseeing: unseen },
  };
}

type Call = (entry: Entry, db: Database, caller: Caller, input: unknown) => Promise<Result>;

/** Makes one call in a transaction that is rolled back, and sees to it that whoever may not has touched and seen nothing. */
async function tryOut(
  entry: Entry,
  row: Access,
  caller: Caller | null,
  role: Role,
  call: Call,
): Promise<Outcome> {
  const undo = new Error("rolled back");
  let result: Result | undefined;
  await db
    .transaction(async (tx) => {
      current.db = tx as unknown as Database;
      const { ids, callers } = first;
      const as = (other: Role) => callers[other].scope;
      const input = await row.input?.({ db: current.db, ids, role, scope: callers[role].scope, as });
      const before = await fingerprint(current.db, ids.organisationId);
      result = await call(entry, current.db, caller as Caller, input);
      const who = caller ? caller.user.name : "nobody";
      const isOwn = caller?.user.organisationId === ids.organisationId;
      const isAllowed = isOwn && result.outcome === (row.outcome ?? "done");
      if (!isAllowed && row.roles !== "anyone") {
        expect(await fingerprint(current.db, ids.organisationId), `${who} changed nothing`).toEqual(before);
        if (!isOwn) expect(result.told, `${who} is shown nothing`).not.toContain(marker);
      }
      if (!isOwn || caller?.scope.accountIds) {
        expect(result.told, `${who} is shown nothing of the account`).not.toContain(accountMarker);
      }
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  current.db = db;
  return result?.outcome ?? "unavailable";
}

function skipDatabase(call: (entry: Entry, caller: Caller | null, input: unknown) => Promise<Result>): Call {
  return (entry, _db, caller, input) => call(entry, caller, input);
}
