import { z } from "zod";
import { DomainError } from "#lib/errors.ts";

/** A stored connection as its cloud knows it. Throws `DomainError` (`unavailable`) for one that isn't whole. */
export function parseConnection<T>(schema: z.ZodType<T>, connection: unknown): T {
  const { data, error } = schema.safeParse(connection);
  if (error)
    throw new DomainError("unavailable", `The account's connection is broken: ${z.prettifyError(error)}`);
  return data;
}
