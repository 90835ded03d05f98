import { afterAll, describe, expect, it, test } from "vitest";
import { fingerprint } from "#app/_access/fingerprint.ts";
import { accountMarker, type Caller, createWorld } from "#app/_access/world.ts";
import type { Database } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import type { Permission } from "../auth/permissions.ts";
import { tokenPermissions } from "../tokens/token-permissions.ts";
import { type Expectation, expectations, type Sample } from "./access-table.test-data.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { callApi, issueToken } from "./test-api.ts";

const { db, url, close } = await createTestDatabase();
Object.assign(process.env, { DATABASE_URL: url, PARAPET_SANDBOX: "off" });
const queue = await openQueue(url, { works: false });
provideQueue(queue);
provideKeyring(null);
afterAll(async () => {
  await queue.close();
  await close();
});
const first = await createWorld(db);
const second = await createWorld(db);

test("every operation has an expectation, and every expectation an operation", () => {
  expect(Object.keys(expectations).sort()).toEqual(operations.map(({ id }) => id).sort());
});

const mayCall = ({ roles: allowed }: Expectation, role: (typeof roles)[number]) =>
  allowed === "everyone" || allowed.includes(role);

type Tried = { status: number; code: string | null };

describe.for(operations.filter(({ id }) => id in expectations))("$id", (operation) => {
  const expectation = expectations[operation.id];
  if (!expectation) return;
  const ok = expectation.ok ?? operation.status;
  const role = roles.findLast((each) => mayCall(expectation, each)) ?? "admin";

  it("answers the roles that may, and refuses the others", async () => {
    const told: Record<string, number> = {};
    for (const each of roles) {
      told[each] = (await tryOut(operation, expectation, first.callers[each], each)).status;
    }
    const expected = roles.map((each) => [each, mayCall(expectation, each) ? ok : 403]);
    expect(told).toEqual(Object.fromEntries(expected));
  });

  it("hides what is another organisation's, or of accounts that can't be seen", async () => {
    const { foreign = 404, unseen = foreign } = expectation;
    const [stranger, colleague] = [second.callers[role], first.unseeing[role]];
    expect({
      stranger: (await tryOut(operation, expectation, stranger, role)).status,
      colleague: (await tryOut(operation, expectation, colleague, role)).status,
    }).toEqual({ stranger: foreign, colleague: unseen });
  });

  it("asks the token for its permission, and for no other", async () => {
    const { permission } = operation;
    const caller = first.callers[role];
    const alone = await tryOut(operation, expectation, caller, role, permission ? [permission] : []);
    expect(alone.status).toBe(ok);
    if (permission === null) return;
    const others = tokenPermissions.filter((each) => each !== permission);
    expect(await tryOut(operation, expectation, caller, role, others)).toEqual({
      ...{ status: 403, code: "forbidden" },
    });
  });
});

/** Makes one request in a transaction that is rolled back, and sees to it that what is refused writes nothing. */
async function tryOut(
  operation: Operation,
  expectation: Expectation,
  caller: Caller,
  role: (typeof roles)[number],
  permissions: readonly Permission[] = tokenPermissions,
): Promise<Tried> {
  const undo = new Error("rolled back");
  let tried: Tried | undefined;
  await db
    .transaction(async (tx) => {
      const within = tx as unknown as Database;
      const { ids, callers } = first;
      const given = { db: within, ids, role, scope: callers[role].scope, as: scopeOf };
      const sample = (await expectation.input?.(given)) ?? {};
      const token = await issueToken(within, caller.user, { permissions: [...permissions] });
      const before = await fingerprint(within, ids.organisationId);
      const answer = await send(within, operation, sample, token);
      tried = { status: answer.status, code: answer.code };
      const isOwn = caller.user.organisationId === ids.organisationId;
      const writes = isOwn && answer.status < 400 && operation.method !== "GET";
      if (!writes)
        expect(await fingerprint(within, ids.organisationId), "nothing was written").toEqual(before);
      const asked = JSON.stringify(sample);
      const shown = foreignIds.filter((id) => answer.told.includes(id) && !asked.includes(id));
      if (!isOwn) expect(shown, "another organisation's is not shown").toEqual([]);
      if (caller.scope.accountIds) expect(answer.told).not.toContain(accountMarker);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return tried ?? { status: 0, code: null };
}

/** What an answer to another organisation must not name. */
const foreignIds = Object.values(first.ids)
  .filter((id) => typeof id === "string")
  .filter((id) => /^[a-z]{3}_/.test(id));
const scopeOf = (role: (typeof roles)[number]) => first.callers[role].scope;

async function send(
  within: Database,
  { method, path, response, status, givesFile }: Operation,
  sample: Sample,
  token: string,
) {
  const { params = {}, query, body } = sample;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const answer = await callApi(within, method, filled, { token, ...(query ? { query } : {}), body });
  const told = await answer.text();
  const isFile = givesFile && answer.status < 400;
  const json = told === "" || isFile ? null : JSON.parse(told);
  if (answer.status >= 400) {
    expect(json).toEqual({
      ...{ type: `/api-reference#problem-${json.code}`, title: expect.any(String), status: answer.status },
      ...{ detail: expect.any(String), code: json.code, errors: expect.any(Array) },
    });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  } else {
    expect(answer.status).toBe(status);
    // What the schema doesn't know, it leaves out: the answer is neither less nor more than what is promised.
    if (isFile) expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+"$/);
    else if (response) expect(response.parse(json)).toEqual(json);
    else expect(told).toBe("");
  }
  return { status: answer.status, code: json?.code ?? null, told };
}
