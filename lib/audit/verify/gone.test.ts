import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeTrail, type TestTrail } from "./test-trail.ts";

let trail: TestTrail;
beforeEach(async () => {
  trail = await makeTrail(80);
});
afterEach(() => trail.close());

describe("verification names what is wrong and never fails", () => {
  it("where all the newest rows are gone", async () => {
    await trail.tamper((sql) => sql`delete from audit_entries where id > 5`);
    expect(await trail.problems()).toEqual([{ kind: "removed", position: 5, count: 75 }]);
  });

  it("where a batch names rows that no number leads to", async () => {
    await trail.rewrite(19, ({ entries }) => ({ entries: [...entries.slice(0, -1), 5_000_000_000_000] }));
    expect((await trail.problems()).map(({ kind }) => kind)).toContain("removed");
    await trail.rewrite(19, ({ entries }) => ({ entries: [...entries.slice(0, -1), -7] }));
    expect((await trail.problems()).map(({ kind }) => kind)).toContain("removed");
  });

  it.each([
    "size = 1000",
    "size = -3",
    "size = 2000000000",
    "leaves = ''",
    "leaves = leaves || leaves",
    "entries = '{}'",
    "entries = '{null,1}'",
    "entries = '{{1,2},{3,4}}'",
    "entries = '{9223372036854775807,-9223372036854775808}'",
    "first = -5 - n",
    "first = 9000000000000000000 + n",
    "n = 1000000 + n",
    "n = -1 - n",
    "hash = ''",
    "previous = ''",
    "mac = ''",
    `"from" = 'infinity', "to" = '-infinity'`,
    "xid_to = '18446744073709551615'",
    "floor = -1",
    "cluster = ''",
  ])("where a batch was set to %s", async (change) => {
    for (const n of [19, 7, 0]) {
      await trail.tamper((sql) => sql.unsafe(`update audit_batches set ${change} where n = ${n}`));
      expect([n, (await trail.verify()).ok]).toEqual([n, false]);
    }
  });
});
