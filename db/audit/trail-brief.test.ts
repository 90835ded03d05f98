import { afterAll, expect, it } from "vitest";
import { createScope } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import { auditEntries, auditVerifications } from "./schema.ts";
import { readTrailBrief } from "./trail-brief.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const scope = await createScope(db, { role: "auditor" });

const verify = (extent: "all" | "tail", ok: boolean, secondsAgo: number) => {
  const endedAt = new Date(Date.now() - secondsAgo * 1_000);
  return db.insert(auditVerifications).values({ extent, ok, from: 0, to: 0, startedAt: endedAt, endedAt });
};

it("follows the newest verification of each extent, and what waits to be sealed for long", async () => {
  const told = [await readTrailBrief(db, scope)];
  await verify("all", true, 1_000);
  told.push(await readTrailBrief(db, scope));
  await verify("tail", true, 30);
  told.push(await readTrailBrief(db, scope));
  await db.insert(auditEntries).values({
    entryId: "ent_waiting",
    at: new Date(Date.now() - 120_000),
    organisationId: scope.organisationId,
    actorKind: "system",
    actorId: "scheduler",
    action: "scan.start",
    objectKind: "scan",
    objectId: "scn_1",
    correlationId: "c",
  });
  told.push(await readTrailBrief(db, scope));
  await verify("all", false, 20);
  told.push(await readTrailBrief(db, scope));
  await verify("all", true, 10);
  told.push(await readTrailBrief(db, scope));
  expect(told).toEqual([
    { sealed: 0, state: "unproven" },
    { sealed: 0, state: "behind" },
    { sealed: 0, state: "sound" },
    { sealed: 0, state: "behind" },
    { sealed: 0, state: "broken" },
    { sealed: 0, state: "behind" },
  ]);
});

it("is for who reads the trail", async () => {
  const analyst = await createScope(db, { role: "analyst" });
  await expect(readTrailBrief(db, analyst)).rejects.toMatchObject({ code: "forbidden" });
});
