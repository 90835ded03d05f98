import postgres from "postgres";
import type { z } from "zod";
import type { Mutation } from "../../mutation.ts";

/** Tries beyond the first. */
const retries = 3;

/**
 * Repeats a mutation whose transaction PostgreSQL ended because it and another waited for each other: a scan holds findings
 * in an order of its own. Nothing of such a transaction was kept.
 */
export function retryDeadlocks<I extends z.ZodType, R>(mutation: Mutation<I, R>): Mutation<I, R> {
  const mutate: Mutation<I, R> = Object.assign(
    async (...[db, scope, input]: Parameters<Mutation<I, R>>): Promise<R> => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await mutation(db, scope, input);
        } catch (error) {
          if (tries >= retries || !isDeadlock(error)) throw error;
        }
      }
    },
    { permission: mutation.permission, input: mutation.input },
  );
  return mutate;
}

function isDeadlock(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.code === "40P01";
  return error instanceof Error && error.cause !== undefined && isDeadlock(error.cause);
}
