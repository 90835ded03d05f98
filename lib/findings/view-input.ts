import { and, eq } from "drizzle-orm";
import postgres from "postgres";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { withoutNul } from "#db/insert-rows.ts";
import { savedViews } from "#db/triage/schema.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";

/** Views of one person and area at most. */
export const mostViews = 100;

export const ViewName = z.string().trim().min(1, "Give it a name.").max(80).transform(withoutNul);
/** The part of a list's address after the question mark. */
export const ViewQuery = z.string().max(4_000).transform(withoutNul);
export const ViewId = z.string().regex(/^\w{1,80}$/);

export type ViewRow = typeof savedViews.$inferSelect;

/** Holds a view of one's own. Throws `not_found` for one that can't be seen, `forbidden` for one that another shares. */
export async function holdOwnView(tx: Transaction, scope: Scope, viewId: string): Promise<ViewRow> {
  const [view] = await tx
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.id, viewId), eq(savedViews.organisationId, scope.organisationId)))
    .for("update");
  const own = view?.userId === scope.actor.id;
  if (!view || (!own && !view.shared)) throw new DomainError("not_found", "There is no such view.");
  if (!own) throw new DomainError("forbidden", "Nothing was changed: this view is somebody else's.");
  return view;
}

/** Throws `conflict` for a name that one has used already. */
export async function withUniqueName<R>(name: string, write: () => Promise<R>): Promise<R> {
  try {
    return await write();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!(cause instanceof postgres.PostgresError) || cause.constraint_name !== "saved_views_name")
      throw error;
    throw new DomainError("conflict", `Nothing was saved: you have a view named ${name} already.`, {
      cause: error,
      fields: { name: "You have a view of this name already." },
    });
  }
}

/** What the trail keeps of a view. */
export const recordOfView = ({
  area,
  name,
  query,
  shared,
}: Pick<ViewRow, "area" | "name" | "query" | "shared">) => ({
  area,
  name,
  query,
  shared,
});
