import { z } from "zod";
import { getException, listExceptions } from "#db/triage/queries.ts";
import { exceptionStatuses } from "#db/triage/schema.ts";
import { decideException } from "../../findings/decide-exception.ts";
import { withdrawException } from "../../findings/withdraw-exception.ts";
import { defineOperation } from "../operation.ts";
import { After, Id, Limit, pageOf, Revision } from "../schemas/common.ts";
import { ChangeResult, Exception } from "../schemas/findings.ts";
import { refuseCursor } from "./cursor.ts";

const tag = "Exceptions";
const params = z.object({ exceptionId: Id });

export const exceptionOperations = [
  defineOperation({
    ...{ id: "listExceptions", method: "GET", path: "/exceptions", tag, permission: "findings:read" },
    summary: "Mutes and accepted risks, and those that are asked for, the newest first",
    query: z.strictObject({
      status: z.enum([...exceptionStatuses, "any"]).default("any"),
      kind: z.enum(["muted", "risk_accepted"]).optional(),
      limit: Limit,
      after: After,
    }),
    response: pageOf(Exception),
    run: async ({ db, scope, query }) => {
      if (query.after !== undefined && !/^[\dT:.Z-]{27}~\w+$/.test(query.after)) refuseCursor();
      const { exceptions, next } = await listExceptions(db, scope, query);
      return { data: exceptions, next };
    },
  }),
  defineOperation({
    ...{
      id: "getException",
      method: "GET",
      path: "/exceptions/{exceptionId}",
      tag,
      permission: "findings:read",
    },
    summary: "One mute or acceptance, with what it was asked for",
    params,
    response: Exception,
    run: ({ db, scope, params: { exceptionId } }) => getException(db, scope, exceptionId),
  }),
  defineOperation({
    ...{ id: "decideException", method: "POST", path: "/exceptions/{exceptionId}/decision", tag },
    summary: "Grant or reject the acceptance of a risk that somebody else asked for",
    permission: "risk:decide",
    params,
    body: z.strictObject({
      decision: z.enum(["grant", "reject"]),
      note: z.string().trim().max(2_000).default("").describe("A rejection must say why."),
      revision: Revision,
    }),
    response: z.object({
      exceptionId: z.string(),
      status: z.enum(["granted", "rejected"]),
      change: ChangeResult.nullable().describe("What came of the findings; null for a rejection."),
    }),
    run: ({ db, scope, params: { exceptionId }, body }) =>
      decideException(db, scope, { ...body, exceptionId }),
  }),
  defineOperation({
    ...{ id: "withdrawException", method: "POST", path: "/exceptions/{exceptionId}/withdraw", tag },
    summary: "Take back what one asked for oneself, while nobody has decided on it",
    permission: "risk:ask",
    params,
    response: z.object({ exceptionId: z.string(), status: z.literal("withdrawn") }),
    run: ({ db, scope, params: { exceptionId } }) => withdrawException(db, scope, { exceptionId }),
  }),
];
