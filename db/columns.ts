import { randomBytes } from "node:crypto";
import { customType, text, timestamp } from "drizzle-orm/pg-core";

/** A time-ordered, prefixed public id such as `fnd_019a8c…`: 12 hex digits of milliseconds, 16 of chance. */
export function newId(prefix: string, now = Date.now()): string {
  return `${prefix}_${now.toString(16).padStart(12, "0")}${chance()}`;
}

let pool = Buffer.alloc(0);
let drawn = 0;

/** 16 hex digits, each used once. The system is asked for many at a time, since asking takes longer than all the rest. */
function chance(): string {
  if (drawn === pool.length) {
    pool = randomBytes(4_096);
    drawn = 0;
  }
  const digits = pool.toString("hex", drawn, drawn + 8);
  drawn += 8;
  return digits;
}

/** Primary key with a prefixed id. Set-based SQL uses the database's own `new_id(prefix)`, which agrees with newId. */
export const id = (prefix: string) =>
  text()
    .primaryKey()
    .$defaultFn(() => newId(prefix));

/** A moment, always with its time zone. */
export const moment = () => timestamp({ withTimezone: true, mode: "date" });

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** Ranges of whole numbers, as PostgreSQL writes them: `{[0,5),[9,12)}`. */
export const wholeRanges = customType<{ data: string }>({ dataType: () => "int8multirange" });

/** The number of a transaction, which PostgreSQL never uses twice. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
