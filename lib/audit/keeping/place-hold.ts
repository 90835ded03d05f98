import { z } from "zod";
import { auditHolds } from "#db/audit/schema.ts";
import { newId } from "#db/columns.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { holdsInForce } from "./holds-in-force.ts";

const moment = z.iso.datetime({ offset: true }).nullable();

export const PlaceHoldInput = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    /** Why, for whoever asks years later. */
    reason: z.string().trim().min(3).max(2_000),
    /** What it covers, by when it happened; null is without end. */
    from: moment.default(null),
    to: moment.default(null),
  })
  .refine(({ from, to }) => !from || !to || new Date(from) < new Date(to), {
    path: ["to"],
    message: "must be after the beginning",
  });

const mostHolds = 100;

/**
 * Places a legal hold: until it is lifted, no entry that it covers leaves the database, and nobody's personal data in the
 * trail is erased. It waits for a run that is just letting go of a month.
 */
export const placeHold = defineMutation({
  permission: "audit:manage",
  act: { action: "audit_hold.place", kind: "audit_hold" },
  input: PlaceHoldInput,
  async run({ tx, scope, input: { name, reason, from, to } }) {
    scope.requireEveryAccount();
    const { organisationId, actor } = scope;
    const id = newId("hld");
    const inForce = await tx.$count(auditHolds, holdsInForce(organisationId));
    if (inForce >= mostHolds) {
      throw new DomainError("conflict", `Nothing was changed: there are ${mostHolds} legal holds already.`);
    }
    await tx.insert(auditHolds).values({
      ...{ id, organisationId, name, reason, placedBy: actor.id },
      from: from === null ? null : new Date(from),
      to: to === null ? null : new Date(to),
    });
    return {
      result: { holdId: id },
      audit: {
        action: "audit_hold.place",
        object: { kind: "audit_hold", id },
        after: { name, reason, from, to },
      },
    };
  },
});
