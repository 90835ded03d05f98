import { afterAll, describe, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import { createTestDatabase } from "../test-database.ts";
import { findingComments } from "../triage/schema.ts";
import { countFacets, getFinding, listFindingGroups, listFindings } from "./queries.ts";
import { createFindingsEstate, hostile } from "./test-estate.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const estate = await createFindingsEstate(db);
const scope = Scope.ofSystem(estate.organisationId, "test");
const [person = ""] = estate.people;
const ids: string[] = [];
for (const [at, word] of hostile.entries()) {
  const short = word.slice(0, 900);
  const resourceId = await estate.addResource({
    name: word,
    uid: `uid ${at} ${short}`,
    tags: { [short || "none"]: short, owner: short },
    config: { [short]: word },
  });
  const id = await estate.addFinding({
    resourceId,
    checkId: short,
    service: short,
    region: short,
    owner: short.slice(0, 200),
    reason: word,
    evidence: [{ path: `/${short}`, value: word }],
  });
  await db
    .insert(findingComments)
    .values({ organisationId: estate.organisationId, findingId: id, authorId: person, body: word });
  ids.push(id);
}

const find = async (text: string) =>
  (await listFindings(db, scope, findingFilter({ text }), { sort: "oldest", limit: 100 })).rows
    .map(({ id }) => id)
    .sort();

describe.each(hostile.map((word, at) => ({ word, at })).filter(({ word }) => word !== ""))(
  "$word",
  ({ word, at }) => {
    it("is found where it is, and nowhere else", async () => {
      const text = word.slice(0, 200);
      const lower = text.toLowerCase();
      const wanted = ids.filter((_, other) => {
        const name = hostile[other] ?? "";
        return [name, `uid ${other} ${name.slice(0, 900)}`].some((each) =>
          each.toLowerCase().includes(lower),
        );
      });
      expect(wanted).toContain(ids[at]);
      expect(await find(text)).toEqual(wanted.sort());
    });

    it("is a value of each facet", async () => {
      const short = word.slice(0, 900);
      const filter = findingFilter({
        services: [short],
        regions: [short],
        checkIds: [short],
        owners: [short.slice(0, 200)],
      });
      const { rows } = await listFindings(db, scope, filter, { sort: "severity", limit: 9 });
      expect(rows.map(({ id }) => id)).toEqual([ids[at]]);
      expect((await countFacets(db, scope, filter)).total).toBe(1);
    });

    it("comes out as it went in", async () => {
      const { reason, evidence, resource, timeline } = await getFinding(db, scope, ids[at] ?? "");
      expect({
        reason,
        evidence,
        name: resource.name,
        comment: timeline.map((each) => each.type === "comment" && each.body),
      }).toEqual({
        reason: word,
        evidence: [{ path: `/${word.slice(0, 900)}`, value: word }],
        name: word,
        comment: [word],
      });
    });
  },
);

it("groups by values of any kind, page by page", async () => {
  for (const by of ["check", "owner", "resource"] as const) {
    const keys: string[] = [];
    let after: string | undefined;
    do {
      const page = await listFindingGroups(db, scope, findingFilter(), {
        by,
        limit: 3,
        ...(after ? { after } : {}),
      });
      keys.push(...page.groups.map(({ key }) => key));
      after = page.next ?? undefined;
    } while (after);
    expect({ by, groups: new Set(keys).size, shown: keys.length }).toEqual({
      by,
      groups: hostile.length,
      shown: hostile.length,
    });
  }
});

it("finds nothing for what PostgreSQL can't hold", async () => {
  expect(await find("a\0b")).toEqual([]);
  const filter = findingFilter({
    services: ["a\0b"],
    owners: ["\0"],
    resourceIds: ["\0"],
    scan: { id: "\0", change: "opened" },
  });
  expect((await listFindings(db, scope, filter, { sort: "due", limit: 9 })).rows).toEqual([]);
  expect((await countFacets(db, scope, filter)).total).toBe(0);
  await expect(getFinding(db, scope, "fnd_\0")).rejects.toMatchObject({ code: "not_found" });
});
