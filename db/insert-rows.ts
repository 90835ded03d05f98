import type { Sql } from "postgres";

/** A value that a row can carry; objects and arrays go as JSON. */
export type RowValue = string | number | boolean | null | Uint8Array | object;

/** Characters of JSON in one statement, far below what jsonb can hold. */
const pieceLength = 4_000_000;

/**
 * Inserts any number of rows with a statement per few megabytes: PostgreSQL takes them apart by the table's own types.
 * It takes no longer than COPY, whose errors the driver loses. Table and columns are the caller's own and never a
 * user's. Throws PostgreSQL's error; pieces before the failing one may have been kept then.
 */
export async function insertRows(
  sql: Sql,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly RowValue[]>,
): Promise<void> {
  const list = columns.join(", ");
  const statement = `insert into ${table} (${list})
    select ${list} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`;
  for (const piece of piecesOf(columns, rows)) await sql.unsafe(statement, [piece]);
}

/** Rows as JSON arrays of objects, some megabytes at a time. */
function* piecesOf(columns: readonly string[], rows: Iterable<readonly RowValue[]>): Generator<string> {
  let texts: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = toJson(Object.fromEntries(columns.map((column, at) => [column, field(row[at] ?? null)])));
    texts.push(text);
    length += text.length;
    if (length < pieceLength) continue;
    yield `[${texts.join(",")}]`;
    texts = [];
    length = 0;
  }
  if (texts.length > 0) yield `[${texts.join(",")}]`;
}

const field = (value: RowValue): RowValue =>
  value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value;

/** JSON that PostgreSQL takes: jsonb knows no U+0000 and no half of a surrogate pair. */
export function toJson(value: object): string {
  const text = JSON.stringify(value);
  if (!text.includes("\\u")) return text;
  return text
    .replace(/(?<!\\)((?:\\\\)*)\\u0000/g, "$1\\ufffd")
    .replace(/(?<!\\)((?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})/gi, "$1\\ufffd");
}

/** A string that PostgreSQL takes as text. */
export const withoutNul = (text: string): string => text.replaceAll("\0", "�").toWellFormed();
