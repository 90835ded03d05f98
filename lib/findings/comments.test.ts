import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { countUnread, listNotifications } from "#db/triage/queries.ts";
import { findingComments } from "#db/triage/schema.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { Scope } from "../auth/scope.ts";
import { addComment } from "./add-comment.ts";
import { changeFindings } from "./change-findings.ts";
import { deleteComment } from "./delete-comment.ts";
import { editComment } from "./edit-comment.ts";
import { markNotificationsRead } from "./mark-notifications-read.ts";
import { createEstate, inDays, readTold } from "./test-findings.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const readComment = async (id: string) =>
  (await db.select().from(findingComments).where(eq(findingComments.id, id)))[0];

describe("a comment", () => {
  it("is kept, tells those it mentions who can see it, and is recorded without its text", async () => {
    const { ids, organisationId, join, scopeOf } = await createEstate(db);
    const [findingId = ""] = ids;
    const scope = await scopeOf("analyst");
    const [mentioned, blind, away] = [
      await join("ciso"),
      await join("analyst", { seesAllAccounts: false }),
      await join("analyst", { disabledAt: new Date() }),
    ];
    const stranger = await createScope(db);
    const people = [mentioned, mentioned, blind, away].map(({ id }) => `@[${id}]`).join(" ");
    const body = `${people} @[${stranger.actor.id}] @[${scope.actor.id}] @[usr_'] is this
      ours?`;
    const { commentId } = await addComment(db, scope, { findingId, body: `  ${body}\n` });
    expect(await readComment(commentId)).toEqual({
      ...{ id: commentId, organisationId, findingId, authorId: scope.actor.id, body },
      ...{ createdAt: expect.any(Date), editedAt: null, deletedAt: null },
    });
    const excerpt = body.replace(/\s+/g, " ");
    expect(await readTold(db, organisationId)).toEqual([
      { userId: mentioned.id, kind: "mention", findingId, excerpt: expect.stringMatching(/…$/) },
    ]);
    expect((await readTold(db, organisationId))[0]?.excerpt.slice(0, 100)).toBe(excerpt.slice(0, 100));
    const mentions = [mentioned.id, scope.actor.id].sort();
    expect(await readTrail(db, organisationId)).toEqual([
      {
        ...{ action: "comment.add", objectId: commentId, before: null },
        after: { findingId, length: body.length, mentions },
      },
    ]);
  });

  it("is reworded and deleted by its author, and tells only who is mentioned anew", async () => {
    const { ids, organisationId, join, scopeOf } = await createEstate(db);
    const scope = await scopeOf("analyst");
    const [first, second] = [await join("analyst"), await join("analyst")];
    const { commentId } = await addComment(db, scope, {
      findingId: ids[0] ?? "",
      body: `@[${first.id}] look`,
    });
    await editComment(db, scope, { commentId, body: `@[${first.id}] @[${second.id}] look` });
    expect((await readTold(db, organisationId)).map(({ userId }) => userId).sort()).toEqual(
      [first.id, second.id].sort(),
    );
    expect(await readComment(commentId)).toMatchObject({ editedAt: expect.any(Date), deletedAt: null });
    await deleteComment(db, scope, { commentId });
    expect(await readComment(commentId)).toMatchObject({ body: "", deletedAt: expect.any(Date) });
    for (const again of [
      editComment(db, scope, { commentId, body: "more" }),
      deleteComment(db, scope, { commentId }),
    ]) {
      await expect(again).rejects.toMatchObject({ code: "conflict" });
    }
    const trail = await readTrail(db, organisationId);
    expect(trail.map(({ action }) => action)).toEqual(["comment.add", "comment.edit", "comment.delete"]);
    expect(JSON.stringify(trail)).not.toContain("look");
  });

  it("is refused to others: of another organisation, without sight of the account, without permission", async () => {
    const { ids, join, scopeOf, organisationId } = await createEstate(db);
    const [findingId = ""] = ids;
    const author = await scopeOf("analyst");
    const { commentId } = await addComment(db, author, { findingId, body: "Mine." });
    const blind = Scope.ofUser({ ...(await join("analyst")), accountIds: [] });
    const attempts = (scope: Scope) => [
      addComment(db, scope, { findingId, body: "Hm." }),
      editComment(db, scope, { commentId, body: "Yours." }),
      deleteComment(db, scope, { commentId }),
    ];
    const codesOf = async (scope: Scope) =>
      (await Promise.allSettled(attempts(scope))).map((each) =>
        each.status === "rejected" ? each.reason.code : "done",
      );
    expect(await codesOf(await createScope(db))).toEqual(["not_found", "not_found", "not_found"]);
    expect(await codesOf(blind)).toEqual(["not_found", "not_found", "not_found"]);
    expect(await codesOf(await scopeOf("auditor"))).toEqual(["forbidden", "forbidden", "forbidden"]);
    expect(await codesOf(await scopeOf("manager"))).toEqual(["done", "forbidden", "forbidden"]);
    expect(await readComment(commentId)).toMatchObject({ body: "Mine.", editedAt: null, deletedAt: null });
    expect((await readTrail(db, organisationId)).map(({ action }) => action)).toEqual([
      "comment.add",
      "comment.add",
    ]);
  });

  it("holds 4,000 characters of anything", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const [findingId = ""] = ids;
    const scope = await scopeOf("analyst");
    const hostile = `'; drop table findings; -- \0 \ud800 \u202e <img src=x onerror=alert(1)> $1 \\`;
    const { commentId } = await addComment(db, scope, { findingId, body: hostile });
    expect(await readComment(commentId)).toMatchObject({
      body: hostile.replace("\0", "�").replace("\ud800", "�"),
    });
    for (const body of ["", " \n ", "x".repeat(4_001)]) {
      await expect(addComment(db, scope, { findingId, body })).rejects.toMatchObject({
        code: "invalid_input",
      });
    }
    await addComment(db, scope, { findingId, body: "x".repeat(4_000) });
    await expect(addComment(db, scope, { findingId: "\0", body: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("notifications", () => {
  it("are one's own, newest first, until they are read", async () => {
    const { ids, organisationId, join, scopeOf } = await createEstate(db);
    const [findingId = ""] = ids;
    const author = await scopeOf("analyst");
    const reader = await join("manager");
    const scope = Scope.ofUser(reader);
    for (const word of ["one", "two", "three"]) {
      await addComment(db, author, { findingId, body: `@[${reader.id}] ${word}` });
    }
    const listed = await listNotifications(db, scope, { limit: 2 });
    expect(listed).toEqual(
      ["three", "two"].map((word) => ({
        ...{
          id: expect.any(String),
          kind: "mention",
          findingId,
          exceptionId: null,
          changeId: null,
          planId: null,
        },
        actor: { id: author.actor.id, name: "Test user" },
        excerpt: `@[${reader.id}] ${word}`,
        ...{ at: expect.any(String), readAt: null },
      })),
    );
    const [newest] = listed;
    expect(await countUnread(db, scope)).toBe(3);
    // Nobody reads another's.
    expect(await markNotificationsRead(db, author, { ids: [newest?.id ?? ""] })).toEqual({ read: 0 });
    expect(await markNotificationsRead(db, await createScope(db), { all: true })).toEqual({ read: 0 });
    expect(await markNotificationsRead(db, scope, { ids: [newest?.id ?? ""] })).toEqual({ read: 1 });
    expect(await countUnread(db, scope)).toBe(2);
    expect(await markNotificationsRead(db, scope, { all: true })).toEqual({ read: 2 });
    expect(await countUnread(db, scope)).toBe(0);
    expect((await readTrail(db, organisationId)).at(-1)).toEqual({
      ...{ action: "notification.read", objectId: reader.id, before: null, after: { read: 2 } },
    });
    await expect(
      markNotificationsRead(db, Scope.ofToken(reader, { id: "tok", permissions: [] }), { all: true }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("of accounts that the reader sees no more are kept from them", async () => {
    const { ids, accountId, join, scopeOf, organisationId } = await createEstate(db);
    const [findingId = ""] = ids;
    const reader = await join("manager");
    const author = await scopeOf("analyst");
    await addComment(db, author, { findingId, body: `@[${reader.id}] secret` });
    const change = { act: "ask_acceptance" as const, reason: "A secret reason", until: inDays(3) };
    await changeFindings(db, author, { target: { ids }, change });
    const read = async (accountIds: string[] | null) => {
      const scope = Scope.ofUser({ ...reader, accountIds });
      const told = await listNotifications(db, scope, { limit: 9 });
      expect(await countUnread(db, scope)).toBe(told.length);
      return told.map(({ kind }) => kind);
    };
    const { accountId: other } = await createEstate(db, 1, { organisationId });
    expect(await read(null)).toEqual(["acceptance_asked", "mention"]);
    expect(await read([accountId])).toEqual(["acceptance_asked", "mention"]);
    expect(await read([other])).toEqual([]);
    // Of several findings it names none, but the request.
    await db.execute(sql`update notifications set finding_id = null where kind = 'acceptance_asked'`);
    expect(await read([accountId])).toEqual(["acceptance_asked", "mention"]);
    expect(await read([other])).toEqual([]);
  });
});
