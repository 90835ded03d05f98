import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { createTestCloud } from "./test-cloud.ts";
import {
  failuresIn,
  readCounters,
  readFreshVerdicts,
  readGaps,
  readOpen,
  readVerdicts,
} from "./test-state.ts";

const cloud = await createTestCloud({ clouds: ["aws", "azure", "gcp"] });
const { db } = cloud.database;

it("scans accounts of three clouds at once", { timeout: 120_000 }, async () => {
  const expected = await readFreshVerdicts(db, new Date());
  const scan = await cloud.scan();
  expect(scan).toMatchObject({ status: "completed", error: null });
  expect(await readGaps(db, scan.id)).toEqual([]);
  expect(await readVerdicts(db)).toEqual(expected);
  expect(await readOpen(db)).toEqual(failuresIn(expected));
  const { stored, counted } = await readCounters(db);
  expect(stored).toEqual(counted);
  expect(cloud.errors).toEqual([]);
  const clouds = await db.execute(sql`
    select distinct split_part(kind, '.', 1) as cloud from resources order by 1`);
  expect([...clouds]).toEqual([{ cloud: "aws" }, { cloud: "azure" }, { cloud: "gcp" }]);
});
