import { imports as stored } from "#db/imports/schema.ts";
import type { AccessTable, Given } from "../model.ts";
import { marker } from "../world.ts";

const mayImport = ["analyst", "admin"] as const;

/** An import of whoever calls, at a stage of its life. */
async function importOf(given: Given, status: "uploading" | "done"): Promise<string> {
  const [row] = await given.db
    .insert(stored)
    .values({
      organisationId: given.ids.organisationId,
      format: "prowler_csv",
      fileName: `${marker}.csv`,
      requestedBy: given.scope.actor.id,
      status,
    })
    .returning({ id: stored.id });
  if (!row) throw new Error("The import was not stored.");
  return row.id;
}

const report = "CHECK_ID;STATUS;ACCOUNT_UID;PROVIDER;CHECK_TITLE;SEVERITY;RESOURCE_UID\n";

/** Imports of other tools' findings. */
export const imports: AccessTable = {
  "lib/imports/start-import.ts#startImport": {
    roles: mayImport,
    input: async (given) => ({ importId: await importOf(given, "uploading"), bytes: 1 }),
  },
  "POST /api/imports": {
    roles: mayImport,
    input: ({ ids }) => ({ query: { fileName: "report.csv", accountId: ids.accountId }, body: report }),
  },
  "GET /api/imports/[importId]": {
    roles: "everyone",
    input: async (given) => ({ params: { importId: await importOf(given, "done") } }),
  },
};
