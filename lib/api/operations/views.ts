import { z } from "zod";
import { listViews } from "#db/triage/queries.ts";
import { viewAreas } from "#db/triage/schema.ts";
import { deleteView } from "../../findings/delete-view.ts";
import { SaveViewInput, saveView } from "../../findings/save-view.ts";
import { UpdateViewInput, updateView } from "../../findings/update-view.ts";
import { defineOperation } from "../operation.ts";
import { Id } from "../schemas/common.ts";
import { View } from "../schemas/findings.ts";

const tag = "Views";
const permission = "views:own";
const params = z.object({ viewId: Id });
const Named = z.object({ viewId: z.string() });

export const viewOperations = [
  defineOperation({
    ...{ id: "listViews", method: "GET", path: "/views", tag, permission },
    summary: "One's own saved views and those that others share, by name",
    query: z.strictObject({ area: z.enum(viewAreas).default("findings") }),
    response: z.object({ data: z.array(View) }),
    run: async ({ db, scope, query: { area } }) => ({ data: await listViews(db, scope, area) }),
  }),
  defineOperation({
    ...{ id: "saveView", method: "POST", path: "/views", tag, permission, status: 201 },
    summary: "Keep a view of a list",
    description: "To share it takes views:share, too.",
    body: SaveViewInput,
    response: Named,
    run: ({ db, scope, body }) => saveView(db, scope, body),
  }),
  defineOperation({
    ...{ id: "updateView", method: "PATCH", path: "/views/{viewId}", tag, permission },
    summary: "Change a view of one's own",
    description: "What is left out stays as it is.",
    params,
    body: UpdateViewInput.omit({ viewId: true }),
    response: Named,
    run: ({ db, scope, params: { viewId }, body }) => updateView(db, scope, { ...body, viewId }),
  }),
  defineOperation({
    ...{ id: "deleteView", method: "DELETE", path: "/views/{viewId}", tag, permission },
    summary: "Delete a view of one's own",
    params,
    run: ({ db, scope, params: { viewId } }) => deleteView(db, scope, { viewId }),
  }),
];
