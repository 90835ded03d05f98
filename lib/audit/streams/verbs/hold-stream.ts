import { and, eq } from "drizzle-orm";
import postgres from "postgres";
import { auditStreams } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../../../auth/scope.ts";
import { DomainError } from "../../../errors.ts";

export type StreamRow = typeof auditStreams.$inferSelect;

/** The stream, held until the transaction ends. Throws `not_found`, or `conflict` when it isn't as it was read. */
export async function holdStream(
  tx: Transaction,
  scope: Scope,
  streamId: string,
  revision?: number,
): Promise<StreamRow> {
  scope.requireEveryAccount();
  const [stream] = await tx
    .select()
    .from(auditStreams)
    .where(and(eq(auditStreams.id, streamId), eq(auditStreams.organisationId, scope.organisationId)))
    .for("update");
  if (!stream) throw new DomainError("not_found", "There is no such webhook.");
  if (revision !== undefined && revision !== stream.revision) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: somebody else has changed this webhook meanwhile. Look at it again, and repeat what you meant.",
    );
  }
  return stream;
}

/** What the trail keeps of a stream. Of its URL only the host: the rest may be a secret. */
export const streamFacts = ({
  name,
  url,
  filter,
  enabled,
}: Pick<StreamRow, "name" | "url" | "filter" | "enabled">) => ({
  name,
  host: new URL(url).host,
  filter,
  enabled,
});

/** Says in words that a name is taken, which the database has the last word on. */
export async function sayTaken<R>(what: string, writing: Promise<R>): Promise<R> {
  try {
    return await writing;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    if (cause instanceof postgres.PostgresError && cause.code === "23505") {
      const name = `There is a ${what} by this name already.`;
      throw new DomainError("conflict", `Nothing was changed. ${name}`, { cause: error, fields: { name } });
    }
    throw error;
  }
}
