import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import { getException, listExceptions } from "#db/triage/queries.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { changeFindings } from "./change-findings.ts";
import { decideException } from "./decide-exception.ts";
import { expireExceptions } from "./expire-exceptions.ts";
import { createEstate, inDays, readActivity, readFinding, readTold } from "./test-findings.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const reason = "Not before the move.";
const { signal } = new AbortController();
const onDay = (days: number) => new Date(inDays(days));

describe("the passing of a date", () => {
  it("ends mutes and acceptances then and not before, as Parapet's own act, in every organisation", async () => {
    const estates = [await createEstate(db, 3), await createEstate(db, 3)];
    for (const { ids, scopeOf } of estates) {
      const analyst = await scopeOf("analyst");
      const [muted = "", accepted = "", longer = ""] = ids;
      const mute = (id: string, days: number) =>
        changeFindings(db, analyst, {
          target: { ids: [id] },
          change: { act: "mute", reason, until: inDays(days) },
        });
      await mute(muted, 5);
      await mute(longer, 30);
      await changeFindings(db, analyst, {
        target: { ids: [accepted] },
        change: { act: "ask_acceptance", reason, until: inDays(5) },
      });
      const [asked] = (await listExceptions(db, analyst, { status: "asked", limit: 1 })).exceptions;
      await decideException(db, await scopeOf("manager"), {
        ...{ exceptionId: asked?.id ?? "", decision: "grant", note: "", revision: 1 },
      });
    }
    const states = () =>
      Promise.all(
        estates.map(({ ids }) => Promise.all(ids.map(async (id) => (await readFinding(db, id)).state))),
      );
    await expireExceptions(db, onDay(4), signal);
    expect(await states()).toEqual(estates.map(() => ["muted", "risk_accepted", "muted"]));
    await Promise.all([expireExceptions(db, onDay(6), signal), expireExceptions(db, onDay(6), signal)]);
    await expireExceptions(db, onDay(6), signal);
    expect(await states()).toEqual(estates.map(() => ["new", "new", "muted"]));
    for (const { ids, organisationId, scopeOf } of estates) {
      const scope = await scopeOf("analyst");
      const { exceptions } = await listExceptions(db, scope, { status: "any", limit: 9 });
      expect(exceptions.map(({ kind, status }) => [kind, status]).sort()).toEqual([
        ["muted", "expired"],
        ["muted", "granted"],
        ["risk_accepted", "expired"],
      ]);
      const trail = (await readTrail(db, organisationId)).filter(({ action }) => /expire/.test(action));
      expect(trail.map(({ action }) => action).sort()).toEqual([
        "exception.expire",
        "exception.expire",
        "finding.expire",
      ]);
      expect(trail.find(({ action }) => action === "finding.expire")?.after).toMatchObject({
        findings: ids.slice(0, 2),
      });
      expect((await readActivity(db, ids[0] ?? "")).at(-1)).toMatchObject({
        act: "expire",
        before: { suppression: "muted" },
        after: { suppression: null, suppressedUntil: null, exceptionId: null },
      });
    }
  });

  it("ends a question that nobody decided in time, and tells who asked", async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db);
    const asker = await scopeOf("analyst");
    const ask = { act: "ask_acceptance" as const, reason, until: inDays(5) };
    await changeFindings(db, asker, { target: { ids }, change: ask });
    const [asked] = (await listExceptions(db, asker, { status: "asked", limit: 1 })).exceptions;
    const exceptionId = asked?.id ?? "";
    await expireExceptions(db, onDay(6), signal);
    expect(await getException(db, asker, exceptionId)).toMatchObject({ status: "expired", revision: 2 });
    expect(await readTold(db, organisationId)).toEqual([
      {
        ...{ userId: asker.actor.id, kind: "acceptance_decided", findingId: null },
        excerpt: `Not decided on in time: ${reason}`,
      },
    ]);
    const decide = { exceptionId, decision: "grant" as const, note: "", revision: 2 };
    await expect(decideException(db, await scopeOf("manager"), decide)).rejects.toMatchObject({
      code: "conflict",
    });
    // The finding can be asked for again.
    const again = await changeFindings(db, asker, { target: { ids }, change: ask });
    expect(again).toMatchObject({ changed: 1 });
  });
});
