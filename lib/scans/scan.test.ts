import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { createTestCloud } from "./test-cloud.ts";

const cloud = await createTestCloud();
const { db } = cloud.database;

it("scans every account, and an unchanged second scan writes nothing but its own record", async () => {
  const first = await cloud.scan();
  expect(cloud.errors).toEqual([]);
  expect(first).toMatchObject({ status: "completed", error: null });
    await db
      .execute(
        sql`select service, region, status, resources, opened, gaps, calls, error from scan_units order by 1,2`,
      )
      .then((r) => r.map((x) => JSON.stringify(x)).join("\n")),
  );
    await db
      .execute(sql`select code, operation, message, count(*) from coverage_gaps group by 1,2,3`)
      .then((r) => r.map((x) => JSON.stringify(x)).join("\n")),
  );
  const before = await db.execute(sql`select f.*, f.xmin from findings f order by id`);
  expect(before.length).toBeGreaterThan(10);
  const second = await cloud.scan();
  expect(second.status).toBe("completed");
  expect(await db.execute(sql`select f.*, f.xmin from findings f order by id`)).toEqual(before);
});
