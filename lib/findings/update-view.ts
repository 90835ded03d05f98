import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "#db/triage/schema.ts";
import { defineMutation } from "../mutation.ts";
import { holdOwnView, recordOfView, ViewId, ViewName, ViewQuery, withUniqueName } from "./view-input.ts";

export const UpdateViewInput = z.strictObject({
  viewId: ViewId,
  /** What is left out stays as it is. */
  name: ViewName.optional(),
  query: ViewQuery.optional(),
  shared: z.boolean().optional(),
});

/** Changes a view of one's own. */
export const updateView = defineMutation({
  permission: "views:own",
  act: { action: "view.update", kind: "view", id: "viewId" },
  input: UpdateViewInput,
  async run({ tx, scope, input }) {
    const view = await holdOwnView(tx, scope, input.viewId);
    const { name = view.name, query = view.query, shared = view.shared } = input;
    if (shared && !view.shared) scope.require("views:share");
    await withUniqueName(name, () =>
      tx
        .update(savedViews)
        .set({ name, query, shared, updatedAt: sql`now()` })
        .where(eq(savedViews.id, view.id)),
    );
    return {
      result: { viewId: view.id },
      audit: {
        action: "view.update",
        object: { kind: "view", id: view.id },
        before: recordOfView(view),
        after: recordOfView({ area: view.area, name, query, shared }),
      },
    };
  },
});
