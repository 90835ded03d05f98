import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { DomainError } from "../errors.ts";

/** Failures within the window after which further tries are refused unseen. Many people may share one address. */
export const signInLimits = { email: 10, address: 40, windowMinutes: 15 } as const;

/** One try to sign in: by an e-mail address, or, where there is none, through the provider or by a one-time link. */
export type Attempt = { email: string | null; address: string | null; door?: "oidc" | "link" };

type Limited = { key: string; limit: number };

/** What an attempt is counted under. E-mails are hashed: people type passwords into the wrong field. */
function limitedKeys(attempt: Attempt): Limited[] {
  if (attempt.email === null) {
    // Counted apart from passwords: who mistypes one is not kept from the other way in.
    return [
      { key: `${attempt.door ?? "oidc"}:${attempt.address ?? "unknown"}`, limit: signInLimits.address },
    ];
  }
  const emailHash = createHash("sha256").update(attempt.email.toLowerCase()).digest("hex");
  const byEmail = { key: `email:${emailHash}`, limit: signInLimits.email };
  if (attempt.address === null) return [byEmail];
  return [{ key: `address:${attempt.address}`, limit: signInLimits.address }, byEmail];
}

/**
 * Counts an attempt as failed before it is tried, so that a hundred at once don't all pass before the first is counted;
 * `forgiveAttempt` takes it back. Throws `rate_limited`, naming the wait, when the window is full; such a try isn't
 * counted, so the wait doesn't grow. Says whether this attempt is the last one that the limits allow.
 */
export async function countAttempt(db: Database, attempt: Attempt): Promise<{ last: boolean }> {
  const limits = limitedKeys(attempt);
  return db.transaction(async (tx) => {
    // Attempts under one key queue here, each to see what those before it counted; always the address first.
    for (const { key } of limits) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${key}`}, 0))`);
    }
    const waitSeconds = await secondsUntilRoom(tx, limits);
    if (waitSeconds > 0) throw limited(waitSeconds);
    const values = sql.join(
      limits.map(({ key }) => sql`(${key}, date_trunc('minute', now()), 1)`),
      sql`, `,
    );
    await tx.execute(sql`
      insert into sign_in_failures as f (key, minute, failures) values ${values}
      on conflict (key, minute) do update set failures = f.failures + 1`);
    await forgetOldFailures(tx);
    return { last: (await secondsUntilRoom(tx, limits)) > 0 };
  });
}

/** Takes back an attempt that turned out right: its e-mail starts afresh, its address is one failure better off. */
export async function forgiveAttempt(tx: Transaction, attempt: Attempt): Promise<void> {
  for (const { key } of limitedKeys(attempt)) {
    if (key.startsWith("email:")) {
      await tx.execute(sql`delete from sign_in_failures where key = ${key}`);
    } else {
      await tx.execute(sql`
        update sign_in_failures set failures = failures - 1
        where key = ${key} and failures > 0
          and minute = (select max(minute) from sign_in_failures where key = ${key})`);
    }
  }
}

/** How long until every key has room again; 0 when it has. Failures of one minute leave the window together. */
async function secondsUntilRoom(tx: Transaction, limits: Limited[]): Promise<number> {
  const keys = sql.join(
    limits.map(({ key, limit }) => sql`(${key}, ${limit}::int)`),
    sql`, `,
  );
  const [row] = await tx.execute<{ seconds: number }>(sql`
    with since as (
      select f.minute, l.cap, sum(f.failures) over (partition by f.key order by f.minute desc) as later
      from sign_in_failures f join (values ${keys}) as l (key, cap) on l.key = f.key
      where f.minute > now() - make_interval(mins => ${signInLimits.windowMinutes})
    )
    select coalesce(ceil(extract(epoch from
      max(minute) + make_interval(mins => ${signInLimits.windowMinutes}) - now())), 0)::int as seconds
    from since where later >= cap`);
  return row?.seconds ?? 0;
}

/** Old rows are of no use; whoever meets them first removes them, without waiting for one another. */
async function forgetOldFailures(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    delete from sign_in_failures where (key, minute) in (
      select key, minute from sign_in_failures where minute < now() - interval '1 hour'
      limit 1000 for update skip locked)`);
}

function limited(seconds: number): DomainError {
  const minutes = Math.ceil(seconds / 60);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return new DomainError("rate_limited", `Too many failed sign-ins. Wait ${wait}, then try again.`);
}
