import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { getPlaybook, listPlaybooks } from "#db/remediation/queries.ts";
import { customPlaybooks } from "#db/remediation/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTrail } from "../../accounts/test-accounts.ts";
import { Scope } from "../../auth/scope.ts";
import { canonicalHash } from "../../canonical-json.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { describePlaybook } from "../describe-playbook.ts";
import { findPlaybook } from "../find-playbook.ts";
import type { Playbook } from "../playbook.ts";
import { builtInPlaybooks } from "../playbooks/index.ts";
import { addPlaybook, createPlanWorld, ownPlaybook } from "../test-plans.ts";
import { createPlan } from "./create-plan.ts";
import { retireCustomPlaybook, saveCustomPlaybook } from "./custom-playbooks.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

const playbook: Playbook = { ...ownPlaybook, fixes: ["aws.s3.bucket-public-access"] };
const document = { ...playbook };

it("is saved as a new version each time, from a form or a file, and retired", async () => {
  const { scopes, users, organisationId, findingIds } = await createPlanWorld(db, 1);
  const first = canonicalHash(playbook);
  expect(await saveCustomPlaybook(db, scopes.admin, { document })).toEqual({
    ...{ playbook: playbook.id, version: 1, hash: first },
  });
  const edited = { ...playbook, title: "Another title" };
  const second = canonicalHash(edited);
  expect(await saveCustomPlaybook(db, scopes.admin, { document: stringify(edited), revision: 1 })).toEqual({
    ...{ playbook: playbook.id, version: 2, hash: second },
  });
  const found = { playbook: edited, hash: second, version: 2, source: "custom", createdBy: users.admin.id };
  expect(await findPlaybook(db, organisationId, playbook.id)).toEqual(found);
  const view = {
    ...{ ...edited, source: "custom", version: 2, hash: second, openFindings: 0, permissions: [] },
    ...{ createdBy: { id: users.admin.id, name: "admin" }, createdAt: expect.any(String) },
  };
  expect(await getPlaybook(db, scopes.auditor, playbook.id)).toEqual(view);
  expect((await listPlaybooks(db, scopes.auditor)).map(({ id }) => id)).toEqual([
    ...builtInPlaybooks.map(({ id }) => id),
    playbook.id,
  ]);
  expect((await readTrail(db, organisationId)).map(({ action, before }) => ({ action, before }))).toEqual([
    { action: "playbook.save", before: null },
    { action: "playbook.save", before: { version: 1, hash: first } },
  ]);
  const stranger = await createPlanWorld(db, 0);
  await expect(getPlaybook(db, stranger.scopes.admin, playbook.id)).rejects.toMatchObject({
    code: "not_found",
  });
  const propose = () =>
    createPlan(db, scopes.analyst, { playbook: playbook.id, findingIds, reason: "It is open." });
  await propose();
  await retireCustomPlaybook(db, scopes.admin, { playbook: playbook.id, revision: 2 });
  await expect(propose()).rejects.toMatchObject({ code: "not_found" });
  await expect(
    retireCustomPlaybook(db, scopes.admin, { playbook: playbook.id, revision: 2 }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await saveCustomPlaybook(db, scopes.admin, { document })).toMatchObject({ version: 3 });
  const rows = await db
    .select({ version: customPlaybooks.version, retired: customPlaybooks.retiredAt })
    .from(customPlaybooks)
    .where(eq(customPlaybooks.organisationId, organisationId))
    .orderBy(customPlaybooks.version);
  expect(rows.map(({ version, retired }) => [version, retired !== null])).toEqual([
    [1, true],
    [2, true],
    [3, false],
  ]);
});

it("is refused when somebody else saved it meanwhile", async () => {
  const { scopes } = await createPlanWorld(db, 0);
  const fresh = await Promise.allSettled(
    [1, 2].map(() => saveCustomPlaybook(db, scopes.admin, { document })),
  );
  expect(fresh.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(fresh.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  const edits = await Promise.allSettled(
    [1, 2].map(() => saveCustomPlaybook(db, scopes.admin, { document, revision: 1 })),
  );
  expect(edits.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(edits.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  for (const act of [
    () => saveCustomPlaybook(db, scopes.admin, { document }),
    () => saveCustomPlaybook(db, scopes.admin, { document, revision: 1 }),
    () => retireCustomPlaybook(db, scopes.admin, { playbook: playbook.id, revision: 1 }),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "conflict" });
  }
});

it("is refused with what is wrong by path, and to whoever may not", async () => {
  const { scopes, users, organisationId } = await createPlanWorld(db, 0);
  const save = (given: object | string) =>
    saveCustomPlaybook(db, scopes.admin, {
      document: typeof given === "string" ? given : { ...document, ...given },
    });
  const [action] = playbook.actions;
  const wrong: [object | string, string][] = [
    [{ fixes: ["aws.s3.none"] }, "fixes.0"],
    [{ actions: [{ ...action, operation: "aws.s3.delete-everything" }] }, "actions.0.operation"],
    [{ actions: [{ ...action, kind: "shell" }] }, "actions.0.kind"],
    [{ irreversible: ["It deletes."], approvals: 1 }, "approvals"],
    [{ id: "AWS-PUBLIC-S3" }, "id"],
    ["title: [", "playbook"],
  ];
  for (const [given, path] of wrong) {
    const error = await save(given).catch((caught: unknown) => caught);
    expect(error, path).toMatchObject({ code: "invalid_input" });
    if (path !== "playbook") expect(Object.keys(Reflect.get(Object(error), "fields"))).toContain(path);
  }
  for (const role of ["analyst", "manager", "ciso", "auditor"] as const) {
    await expect(saveCustomPlaybook(db, scopes[role], { document })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  const limited = Scope.ofUser({ ...users.admin, accountIds: [] });
  await expect(saveCustomPlaybook(db, limited, { document })).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.$count(customPlaybooks, eq(customPlaybooks.organisationId, organisationId))).toBe(0);
});

it("says what each built-in playbook takes, by cloud", async () => {
  const { scopes } = await createPlanWorld(db, 0);
  for (const { id, clouds } of builtInPlaybooks) {
    const { permissions } = await describePlaybook(await getPlaybook(db, scopes.auditor, id));
    for (const each of permissions) {
      expect(clouds, id).toContain(each.cloud);
      expect(each.read.length, id).toBeGreaterThan(0);
    }
    expect(permissions.length, id).toBeGreaterThan(0);
  }
  const s3 = await describePlaybook(await getPlaybook(db, scopes.auditor, "AWS-PUBLIC-S3"));
  expect(s3.permissions[0]?.write).toContain("s3:PutBucketPublicAccessBlock");
});

it("can be looked at when what it names is there no more", async () => {
  const { scopes, users, organisationId } = await createPlanWorld(db, 0);
  const [action] = playbook.actions;
  const actions = [
    { id: "run", title: "Run it", kind: "script", operation: "was-removed", timeoutSeconds: 60 },
    { id: "own", title: "Our own", kind: "never_registered", operation: "own", timeoutSeconds: 60 },
    ...(action ? [action] : []),
  ];
  const { id } = await addPlaybook(db, { organisationId, createdBy: users.admin.id }, { actions });
  const { permissions } = await describePlaybook(await getPlaybook(db, scopes.auditor, id));
  expect(permissions.map(({ cloud }) => cloud)).toEqual(["aws"]);
});
