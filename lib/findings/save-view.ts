import { and, count, eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews, viewAreas } from "#db/triage/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { mostViews, recordOfView, ViewName, ViewQuery, withUniqueName } from "./view-input.ts";

export const SaveViewInput = z.strictObject({
  area: z.enum(viewAreas),
  name: ViewName,
  query: ViewQuery,
  /** Whether everyone in the organisation sees it. */
  shared: z.boolean(),
});

/** Keeps a list as it is shown. Throws `conflict` for a name that one has used already. */
export const saveView = defineMutation({
  permission: "views:own",
  act: { action: "view.save", kind: "view" },
  input: SaveViewInput,
  async run({ tx, scope, input }) {
    if (input.shared) scope.require("views:share");
    if (scope.actor.kind !== "user") throw new DomainError("forbidden", "Only a person has views.");
    const { organisationId } = scope;
    const userId = scope.actor.id;
    const [held] = await tx
      .select({ views: count() })
      .from(savedViews)
      .where(and(eq(savedViews.userId, userId), eq(savedViews.area, input.area)));
    if ((held?.views ?? 0) >= mostViews) {
      throw new DomainError("conflict", `Nothing was saved: you have ${mostViews} views. Delete one first.`);
    }
    const [view] = await withUniqueName(input.name, () =>
      tx
        .insert(savedViews)
        .values({ ...input, organisationId, userId })
        .returning({ id: savedViews.id }),
    );
    if (!view) throw new Error("The view was not written.");
    return {
      result: { viewId: view.id },
      audit: { action: "view.save", object: { kind: "view", id: view.id }, after: recordOfView(input) },
    };
  },
});
