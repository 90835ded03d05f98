import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { createTestCloud } from "./test-cloud.ts";

const cloud = await createTestCloud();
const { db } = cloud.database;

it("scans every account, and an unchanged second scan writes no finding row", async () => {
  const first = await cloud.scan();
  expect(cloud.errors).toEqual([]);
  expect(first).toMatchObject({ status: "completed", error: null });
  const before = await db.execute(sql`select f.*, f.xmin from findings f order by id`);
  expect(before.length).toBeGreaterThan(10);
  const second = await cloud.scan();
  expect(second.status).toBe("completed");
  expect(await db.execute(sql`select f.*, f.xmin from findings f order by id`)).toEqual(before);
});
