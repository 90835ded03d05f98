import { afterAll, expect, it } from "vitest";
import { createScope, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { listAssignable, listViews } from "#db/triage/queries.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { Scope } from "../auth/scope.ts";
import { deleteView } from "./delete-view.ts";
import { saveView } from "./save-view.ts";
import { createEstate } from "./test-findings.ts";
import { updateView } from "./update-view.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const view = { area: "findings" as const, name: "My queue", query: "state=new&severity=high", shared: false };
const namesSeenBy = async (scope: Scope) => (await listViews(db, scope, "findings")).map(({ name }) => name);

it("keeps a view for oneself or for everyone, and records it", async () => {
  const scope = await createScope(db, { role: "analyst" });
  const { organisationId } = scope;
  const colleague = await createScope(db, { role: "auditor", organisationId });
  const { viewId } = await saveView(db, scope, view);
  expect(await listViews(db, scope, "findings")).toEqual([
    {
      ...{ ...view, id: viewId, own: true, updatedAt: expect.any(String) },
      owner: { id: scope.actor.id, name: "Test user" },
    },
  ]);
  expect(await listViews(db, scope, "resources")).toEqual([]);
  expect(await namesSeenBy(colleague)).toEqual([]);
  await updateView(db, scope, { viewId, name: "Our queue", shared: true });
  expect(await listViews(db, colleague, "findings")).toMatchObject([
    { id: viewId, name: "Our queue", query: view.query, shared: true, own: false },
  ]);
  await deleteView(db, scope, { viewId });
  expect(await namesSeenBy(colleague)).toEqual([]);
  const shared = { ...view, name: "Our queue", shared: true };
  expect(await readTrail(db, organisationId)).toEqual([
    { action: "view.save", objectId: viewId, before: null, after: view },
    { action: "view.update", objectId: viewId, before: view, after: shared },
    { action: "view.delete", objectId: viewId, before: shared, after: null },
  ]);
});

it("refuses a name that one has used, whatever its case", async () => {
  const scope = await createScope(db);
  await saveView(db, scope, view);
  const { viewId } = await saveView(db, scope, { ...view, name: "Other" });
  const conflict = {
    code: "conflict",
    message: "Nothing was saved: you have a view named MY QUEUE already.",
  };
  await expect(saveView(db, scope, { ...view, name: "MY QUEUE" })).rejects.toMatchObject(conflict);
  await expect(updateView(db, scope, { viewId, name: "MY QUEUE" })).rejects.toMatchObject(conflict);
  await saveView(db, scope, { ...view, area: "resources" });
  await saveView(db, await createScope(db, { organisationId: scope.organisationId }), view);
  expect(await namesSeenBy(scope)).toEqual(["My queue", "Other"]);
});

it("refuses others' views, those of another organisation, and sharing without permission", async () => {
  const owner = await createScope(db, { role: "manager" });
  const { organisationId } = owner;
  const hidden = (await saveView(db, owner, view)).viewId;
  const shown = (await saveView(db, owner, { ...view, name: "Shown", shared: true })).viewId;
  const colleague = await createScope(db, { role: "analyst", organisationId });
  const stranger = await createScope(db, { role: "manager" });
  for (const [scope, viewId, code] of [
    [colleague, hidden, "not_found"],
    [colleague, shown, "forbidden"],
    [stranger, shown, "not_found"],
    [stranger, hidden, "not_found"],
  ] as const) {
    await expect(updateView(db, scope, { viewId, name: "Taken" })).rejects.toMatchObject({ code });
    await expect(deleteView(db, scope, { viewId })).rejects.toMatchObject({ code });
  }
  expect(await namesSeenBy(owner)).toEqual(["My queue", "Shown"]);
  const auditor = await createScope(db, { role: "auditor", organisationId });
  await expect(saveView(db, auditor, { ...view, shared: true })).rejects.toMatchObject({ code: "forbidden" });
  const { viewId } = await saveView(db, auditor, view);
  await expect(updateView(db, auditor, { viewId, shared: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  const none = Scope.ofToken(await createUser(db, { organisationId }), { id: "tok", permissions: [] });
  await expect(saveView(db, none, view)).rejects.toMatchObject({ code: "forbidden" });
});

it("keeps hostile names and queries as they are, as far as a database can", async () => {
  const scope = await createScope(db);
  const hostile = `'; drop table saved_views; -- \0 \ud800 \u202e<b>`;
  await saveView(db, scope, { ...view, name: hostile, query: `${hostile}&x=%00` });
  const kept = hostile.replace("\0", "�").replace("\ud800", "�");
  expect(await listViews(db, scope, "findings")).toMatchObject([{ name: kept, query: `${kept}&x=%00` }]);
  for (const name of ["", "  ", "x".repeat(81)]) {
    await expect(saveView(db, scope, { ...view, name })).rejects.toMatchObject({ code: "invalid_input" });
  }
});

it("lists who a finding can be assigned to", async () => {
  const { accountId, join, scopeOf } = await createEstate(db);
  const scope = await scopeOf("analyst");
  const [dana, blind] = [
    await join("manager", { name: "Dana" }),
    await join("analyst", { name: "Blind", seesAllAccounts: false }),
  ];
  await join("analyst", { disabledAt: new Date() });
  await createUser(db);
  const me = { id: scope.actor.id, name: "Test user", role: "analyst" };
  const them = { id: dana.id, name: "Dana", role: "manager" };
  expect(await listAssignable(db, scope)).toEqual([
    { id: blind.id, name: "Blind", role: "analyst" },
    them,
    me,
  ]);
  expect(await listAssignable(db, scope, { accountId })).toEqual([them, me]);
});
