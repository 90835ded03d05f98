import { eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "#db/triage/schema.ts";
import { defineMutation } from "../mutation.ts";
import { holdOwnView, recordOfView, ViewId } from "./view-input.ts";

export const DeleteViewInput = z.strictObject({ viewId: ViewId });

/** Deletes a view of one's own, also for those whom it was shared with. */
export const deleteView = defineMutation({
  permission: "views:own",
  act: { action: "view.delete", kind: "view", id: "viewId" },
  input: DeleteViewInput,
  async run({ tx, scope, input }) {
    const view = await holdOwnView(tx, scope, input.viewId);
    await tx.delete(savedViews).where(eq(savedViews.id, view.id));
    return {
      result: { viewId: view.id },
      audit: { action: "view.delete", object: { kind: "view", id: view.id }, before: recordOfView(view) },
    };
  },
});
