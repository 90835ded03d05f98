import { appendAudit } from "#lib/audit/append.ts";
import type { AccessTable, Given } from "../model.ts";

const readers = ["ciso", "auditor", "admin"] as const;

/** An entry of the first organisation, of the one who is tried. */
const entryOf = async ({ db, scope }: Given) => ({
  params: {
    entryId: await db.transaction((tx) =>
      appendAudit(tx, scope, {
        action: "account.edit",
        object: { kind: "account", id: "acc_1" },
        after: { name: "seen only by its own" },
      }),
    ),
  },
});

/** What the audit pages read. Who sees only some accounts reads nothing of the trail. */
export const auditPages: AccessTable = {
  "GET /api/audit/entries": { roles: readers, foreign: "done", unseen: "forbidden" },
  "GET /api/audit/entries/[entryId]": { roles: readers, input: entryOf, unseen: "forbidden" },
  "GET /api/audit/entries/[entryId]/check": { roles: readers, input: entryOf, unseen: "forbidden" },
  // Nothing is sealed in a test, so nothing is proven.
  "GET /api/audit/entries/[entryId]/proof": {
    roles: readers,
    input: entryOf,
    outcome: "unavailable",
    unseen: "forbidden",
  },
  "POST /api/audit/export": {
    roles: ["auditor", "admin"],
    input: () => ({
      body: { format: "csv", query: "" },
      headers: { host: "localhost", origin: "http://localhost" },
    }),
    foreign: "done",
    unseen: "forbidden",
  },
  "GET /api/audit/choices": { roles: readers, foreign: "done", unseen: "forbidden" },
  "GET /api/audit/integrity": { roles: readers, foreign: "done", unseen: "forbidden" },
  "GET /api/audit/history": {
    roles: readers,
    input: ({ ids }) => ({ query: { kind: "account", id: ids.accountId } }),
    foreign: "done",
    unseen: "forbidden",
  },
};
