import { z } from "zod";
import { getImport, listImports, listRejections } from "#db/imports/queries.ts";
import { importFormats } from "#db/imports/schema.ts";
import { DomainError } from "../../errors.ts";
import { receiveUpload } from "../../imports/receive-upload.ts";
import { defineOperation } from "../operation.ts";
import { After, Id, Limit, pageOf } from "../schemas/common.ts";
import { Import, ImportPage, ReceivedImport, Rejection } from "../schemas/imports.ts";
import { refuseCursor } from "./cursor.ts";

const shared = { tag: "Imports", permission: "imports:read" } as const;
const params = z.object({ importId: Id });

export const importOperations = [
  defineOperation({
    ...{ ...shared, id: "listImports", method: "GET", path: "/imports" },
    summary: "Imported reports of other tools, the newest first",
    query: z.strictObject({ limit: Limit, after: After }),
    response: ImportPage,
    run: async ({ db, scope, query: { limit, after } }) => {
      if (after !== undefined) await getImport(db, scope, after).catch(refuseCursor);
      const { imports, next } = await listImports(db, scope, { limit, before: after });
      return { data: imports, next };
    },
  }),
  defineOperation({
    ...{ ...shared, id: "getImport", method: "GET", path: "/imports/{importId}" },
    summary: "One import: how far it is, and what came of its rows",
    params,
    response: Import,
    run: ({ db, scope, params: { importId } }) => getImport(db, scope, importId),
  }),
  defineOperation({
    ...{ ...shared, id: "listRejections", method: "GET", path: "/imports/{importId}/rejections" },
    summary: "The rows of a report that were not taken in, each with its reason",
    params,
    query: z.strictObject({ limit: Limit, after: After }),
    response: pageOf(Rejection),
    run: async ({ db, scope, params: { importId }, query: { limit, after } }) => {
      if (after !== undefined && !/^\d{1,9}$/.test(after)) refuseCursor();
      const page = { limit, after: after === undefined ? undefined : Number(after) };
      const { rejections, next } = await listRejections(db, scope, importId, page);
      return { data: rejections, next: next === null ? null : String(next) };
    },
  }),
  defineOperation({
    ...{ id: "startImport", method: "POST", path: "/imports", tag: "Imports", permission: "imports:run" },
    summary: "Import a report of Prowler, AWS Security Hub, or any tool that writes SARIF",
    description:
      "The body is the file itself, as it is or gzip'd, read as it comes. A worker takes in its rows.",
    status: 202,
    takesFile: true,
    query: z.strictObject({
      fileName: z.string().max(1_000).default("report").describe("What it is called."),
      format: z.enum(importFormats).optional().describe("Told by the content when left out."),
      account: Id.optional().describe("Where findings go whose rows name no account."),
    }),
    response: ReceivedImport,
    run: async ({ db, scope, query: { fileName, format, account }, upload }) => {
      if (!upload) throw new DomainError("invalid_input", "Nothing was imported: no file came with it.");
      return receiveUpload(db, scope, { fileName, format, accountId: account }, upload);
    },
  }),
];
