import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import { stackOf } from "./stack-of.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

it("tells what failed, and none of a statement's values", async () => {
  const failed: unknown = await db
    .execute(sql`select ${"a secret"}::text from nowhere`)
    .catch((error: unknown) => error);
  expect(String(failed)).toContain("a secret");
  expect(stackOf(failed)).toContain('relation "nowhere" does not exist');
  expect(stackOf(failed)).not.toContain("a secret");
  expect(stackOf("a word")).toBe("'a word'");
});
