import { z } from "zod";
import { getAuditPolicy, listAuditHolds } from "#db/audit/keeping.ts";
import { LiftHoldInput, liftHold } from "../../audit/keeping/lift-hold.ts";
import { PlaceHoldInput, placeHold } from "../../audit/keeping/place-hold.ts";
import { SetAuditPolicyInput, setAuditPolicy } from "../../audit/keeping/set-policy.ts";
import { defineOperation } from "../operation.ts";
import { AuditHold, AuditPolicy } from "../schemas/audit-keeping.ts";
import { Id } from "../schemas/common.ts";

const read = { tag: "Audit", permission: "audit:read" } as const;
const manage = { tag: "Audit", permission: "audit:manage" } as const;
const holdId = z.object({ holdId: Id });

export const auditKeepingOperations = [
  defineOperation({
    ...{ ...read, id: "getAuditPolicy", method: "GET", path: "/audit/policy" },
    summary: "How long entries of the audit trail stay in the database",
    response: AuditPolicy,
    run: ({ db, scope }) => getAuditPolicy(db, scope),
  }),
  defineOperation({
    ...{ ...manage, id: "setAuditPolicy", method: "PUT", path: "/audit/policy" },
    summary: "Set how long entries of the audit trail stay in the database",
    description:
      "A month that is wholly older is archived to files with its proofs, and then leaves the database. A `revision` that is out of date is answered with 409.",
    body: SetAuditPolicyInput,
    response: z.object({ revision: z.int() }),
    run: ({ db, scope, body }) => setAuditPolicy(db, scope, body),
  }),
  defineOperation({
    ...{ ...read, id: "listAuditHolds", method: "GET", path: "/audit/holds" },
    summary: "Legal holds on the audit trail, those in force first",
    response: z.object({ data: z.array(AuditHold) }),
    run: async ({ db, scope }) => ({ data: await listAuditHolds(db, scope) }),
  }),
  defineOperation({
    ...{ ...manage, id: "placeAuditHold", method: "POST", path: "/audit/holds", status: 201 },
    summary: "Place a legal hold",
    description:
      "Until it is lifted, no entry that it covers leaves the database, and nobody's personal data in the trail is erased.",
    body: PlaceHoldInput,
    response: z.object({ holdId: z.string() }),
    run: ({ db, scope, body }) => placeHold(db, scope, body),
  }),
  defineOperation({
    ...{ ...manage, id: "liftAuditHold", method: "POST", path: "/audit/holds/{holdId}/lift" },
    summary: "Lift a legal hold",
    params: holdId,
    body: LiftHoldInput.omit({ holdId: true }),
    response: z.object({ holdId: z.string() }),
    run: ({ db, scope, params, body }) => liftHold(db, scope, { ...body, ...params }),
  }),
];
