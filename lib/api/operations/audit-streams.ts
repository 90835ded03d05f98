import { z } from "zod";
import { deliveryStates } from "#db/audit/schema.ts";
import { getStream, listDeliveries, listStreams } from "#db/audit/streams.ts";
import { ChangeStreamInput, changeStream } from "../../audit/streams/verbs/change-stream.ts";
import { CreateStreamInput, createStream } from "../../audit/streams/verbs/create-stream.ts";
import { deleteStream } from "../../audit/streams/verbs/delete-stream.ts";
import { replayDeliveries } from "../../audit/streams/verbs/replay-deliveries.ts";
import { rotateStreamSecret } from "../../audit/streams/verbs/rotate-stream-secret.ts";
import { testStream } from "../../audit/streams/verbs/test-stream.ts";
import { defineOperation } from "../operation.ts";
import { Delivery, Stream } from "../schemas/audit-streams.ts";
import { After, Id, Limit, pageOf } from "../schemas/common.ts";

const tag = "Audit";
const read = { tag, permission: "audit:read" } as const;
const manage = { tag, permission: "audit:manage" } as const;
const streamId = z.object({ streamId: Id });
const base = "/audit/streams/{streamId}";
const Secret = z.string().describe("`whsec_…`, as Standard Webhooks writes it. It is told this once.");

export const auditStreamOperations = [
  defineOperation({
    ...{ ...read, id: "listAuditStreams", method: "GET", path: "/audit/streams" },
    summary: "Webhooks that the audit trail is streamed to",
    response: z.object({ data: z.array(Stream) }),
    run: async ({ db, scope }) => ({ data: await listStreams(db, scope) }),
  }),
  defineOperation({
    ...{ ...manage, id: "createAuditStream", method: "POST", path: "/audit/streams", status: 201 },
    summary: "Stream the audit trail to a webhook",
    description:
      "Each entry is sent once it is sealed, signed as Standard Webhooks 1.0 has it. Receivers are tried again for a day.",
    body: CreateStreamInput,
    response: z.object({ streamId: z.string(), secret: Secret }),
    run: ({ db, scope, body }) => createStream(db, scope, body),
  }),
  defineOperation({
    ...{ ...read, id: "getAuditStream", method: "GET", path: base },
    summary: "One webhook, and how far it is",
    params: streamId,
    response: Stream,
    run: ({ db, scope, params }) => getStream(db, scope, params.streamId),
  }),
  defineOperation({
    ...{ ...manage, id: "changeAuditStream", method: "PATCH", path: base },
    summary: "Change a webhook, pause it, or have it go on",
    params: streamId,
    body: ChangeStreamInput.omit({ streamId: true }),
    response: z.object({ streamId: z.string(), revision: z.int() }),
    run: ({ db, scope, params, body }) => changeStream(db, scope, { ...body, ...params }),
  }),
  defineOperation({
    ...{ ...manage, id: "deleteAuditStream", method: "DELETE", path: base },
    summary: "End a webhook, with its deliveries",
    params: streamId,
    response: streamId,
    run: ({ db, scope, params }) => deleteStream(db, scope, params),
  }),
  defineOperation({
    ...{ ...manage, id: "rotateAuditStreamSecret", method: "POST", path: `${base}/secret` },
    summary: "Give a webhook another secret",
    description: "The old one signs beside it for a day, unless `endOldOne` is true.",
    params: streamId,
    body: z.strictObject({ revision: z.int().min(0), endOldOne: z.boolean().default(false) }),
    response: z.object({
      ...{ streamId: z.string(), revision: z.int(), secret: Secret },
      oldUntil: z.string().nullable().describe("Until when the old one signs."),
    }),
    run: ({ db, scope, params, body }) => rotateStreamSecret(db, scope, { ...body, ...params }),
  }),
  defineOperation({
    ...{ ...manage, id: "testAuditStream", method: "POST", path: `${base}/test` },
    summary: "Send a test to a webhook, at once",
    params: streamId,
    response: z.object({ delivered: z.boolean(), status: z.int().nullable(), error: z.string().nullable() }),
    run: ({ db, scope, params }) => testStream(db, scope, params),
  }),
  defineOperation({
    ...{ ...read, id: "listAuditDeliveries", method: "GET", path: `${base}/deliveries` },
    summary: "A webhook's deliveries, the newest entries first",
    params: streamId,
    query: z.strictObject({ state: z.enum(deliveryStates).optional(), limit: Limit, after: After }),
    response: pageOf(Delivery),
    run: async ({ db, scope, params, query }) => {
      const { deliveries, next } = await listDeliveries(db, scope, params.streamId, query);
      return { data: deliveries, next };
    },
  }),
  defineOperation({
    ...{ ...manage, id: "replayAuditDeliveries", method: "POST", path: `${base}/replay`, status: 202 },
    summary: "Send again: one delivery, all that were given up, or everything from a position on",
    description: "A receiver knows repetitions by `webhook-id`, which is the entry's id.",
    params: streamId,
    body: z.discriminatedUnion("which", [
      z.strictObject({ which: z.literal("one"), deliveryId: Id }),
      z.strictObject({ which: z.literal("dead") }),
      z.strictObject({ which: z.literal("from"), position: z.int().min(0) }),
    ]),
    response: z.object({
      queued: z.int().nullable(),
      left: z.int().nullable(),
      position: z.int().nullable(),
    }),
    run: ({ db, scope, params, body }) => replayDeliveries(db, scope, { ...body, ...params }),
  }),
];
