import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertRows, type RowValue, toJson, withoutNul } from "./insert-rows.ts";
import { createTestDatabase } from "./test-database.ts";

const { sql, close } = await createTestDatabase();
afterAll(close);
beforeAll(async () => {
  await sql`create table taken (n int not null, t text, j jsonb, b bytea, f boolean, d float8)`;
});

const columns = ["n", "t", "j", "b", "f", "d"];
type Row = { n: number; t: string | null; j: unknown; b: Uint8Array | null; f: boolean; d: number };

async function roundTrip(rows: readonly (readonly RowValue[])[]): Promise<Row[]> {
  await sql`truncate taken`;
  await insertRows(sql, "taken", columns, rows);
  return [...(await sql<Row[]>`select * from taken order by n`)];
}

/** Any string at all: well-formed text, halves of surrogate pairs, NUL, and what SQL and JSON give a meaning. */
const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ..."\\\t\n\r\0\"'\u0001u{}0dn.N",
        "\ud800",
        "\udfff",
        "😀",
        "�",
        "\\N",
        "\\.",
        "\\u0000",
        "\\ud800",
      ),
    )
    .map((parts) => parts.join("")),
);
/** What the documentation promises to come back of a string. */
const asStored = (text: string) => text.replaceAll("\0", "�").toWellFormed();

function asStoredJson(value: unknown): unknown {
  if (typeof value === "string") return asStored(value);
  if (Array.isArray(value)) return value.map(asStoredJson);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [asStored(key), asStoredJson(each)]));
}

/** V8 13 reads an escaped key as `\\` after an object whose key in that place was `\\`, so keys have no backslashes here. */
const anyKey = anyText.map((text) => text.replaceAll("\\", "/"));
const anyJson = fc.letrec<{ value: unknown; list: unknown[]; record: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(
      anyText,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    ),
    tie("list"),
    tie("record"),
  ),
  list: fc.array(tie("value"), { maxLength: 5 }),
  // Two keys that become one when stored are one key here: which value JSON keeps then isn't promised.
  record: fc
    .uniqueArray(fc.tuple(anyKey, tie("value")), { maxLength: 5, selector: ([key]) => asStored(key) })
    .map((entries) => Object.fromEntries(entries)),
}));
const anyObject = fc.oneof(anyJson.list, anyJson.record);

describe("insertRows", () => {
  it("brings back any text, any JSON and any bytes, but for NUL and halves of surrogate pairs", async () => {
    const row = fc.record({
      t: fc.option(anyText),
      j: anyObject,
      b: fc.option(fc.uint8Array({ maxLength: 40 })),
      f: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const taken = await roundTrip(rows.map(({ t, j, b, f }, n) => [n, t, j, b, f, n / 3]));
        expect(taken).toEqual(
          rows.map(({ t, j, b, f }, n) => ({
            n,
            t: t === null ? null : asStored(t),
            j: asStoredJson(j),
            b: b === null ? null : Buffer.from(b),
            f,
            d: n / 3,
          })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("takes what looks like its own marks for text", async () => {
    const marks = ["\\N", "\\.", "\\", "\t", "a\tb\nc\rd\\e", "", "\\\\x00", "\\u0000"];
    const taken = await roundTrip(marks.map((t, n) => [n, t, { [t]: t }, null, true, 0]));
    expect(taken.map(({ t, j }) => ({ t, j }))).toEqual(marks.map((t) => ({ t, j: { [t]: t } })));
  });

  it("takes more rows than fit into one piece", async () => {
    const text = "é".repeat(1_000);
    const rows = Array.from({ length: 500 }, (_, n) => [n, text, [n], null, false, 0]);
    const taken = await roundTrip(rows);
    expect(taken.map(({ n, t, j }) => [n, t === text, j])).toEqual(rows.map((_, n) => [n, true, [n]]));
  });

  it("keeps nothing of a call that fails, says what PostgreSQL said, and leaves the connection usable", async () => {
    await sql`truncate taken`;
    const rows = [
      [1, "good", {}, null, true, 0],
      [null, "no number", {}, null, true, 0],
    ];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await expect(insertRows(sql, "taken", columns, rows)).rejects.toMatchObject({ code: "23502" });
    }
    expect(await sql`select * from taken`).toEqual([]);
  });

  it("throws when its connection is cut, rather than wait for ever", async () => {
    function* rows() {
      for (let n = 0; ; n += 1) yield [n, "x".repeat(200_000), {}, null, true, 0];
    }
    const inserting = insertRows(sql, "taken", columns, rows()).then(
      () => "done",
      () => "failed",
    );
    for (let cut = 0; cut === 0; ) {
      const cuts = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'insert into taken%' and pid <> pg_backend_pid()`;
      cut = cuts.length;
    }
    expect(await inserting).toBe("failed");
    // Statements that were through before the cut stay; whoever reads them goes by the count of rows.
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

describe("toJson", () => {
  it("is JSON that PostgreSQL takes, equal but for NUL and halves of surrogate pairs", () => {
    fc.assert(
      fc.property(anyObject, (value) => {
        expect(JSON.parse(toJson(value))).toEqual(asStoredJson(JSON.parse(JSON.stringify(value))));
      }),
    );
  });
});

describe("withoutNul", () => {
  it("is text that PostgreSQL takes", () => {
    expect(withoutNul("a\0b\ud800c😀")).toBe("a�b�c😀");
  });
});
