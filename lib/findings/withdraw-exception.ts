import { sql } from "drizzle-orm";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { notifyFindings } from "./notify.ts";
import { cleaned } from "./triage/cleaned.ts";
import { holdException } from "./triage/hold-exception.ts";

export const WithdrawExceptionInput = z.strictObject({ exceptionId: z.string().min(1).max(80) });

/** Takes back what one asked for oneself, as long as nobody has decided on it. The findings stay as they are. */
export const withdrawException = defineMutation({
  permission: "risk:ask",
  act: { action: "exception.withdraw", kind: "exception", id: "exceptionId" },
  input: WithdrawExceptionInput,
  async run({ tx, scope, input }) {
    const { exceptionId } = cleaned(input);
    const exception = await holdException(tx, scope, exceptionId);
    if (exception.askedBy !== scope.actor.id) {
      throw new DomainError("forbidden", "Only who asked for this can withdraw it.");
    }
    if (exception.kind !== "risk_accepted" || exception.status !== "asked") {
      throw new DomainError(
        "conflict",
        "Nothing was changed: this has been decided on or has ended already.",
      );
    }
    await tx.execute(sql`
      update finding_exceptions set status = 'withdrawn', revision = revision + 1 where id = ${exceptionId}
    `);
    await notifyFindings(tx, scope.organisationId, exceptionId);
    return {
      result: { exceptionId, status: "withdrawn" as const },
      audit: {
        action: "exception.withdraw",
        object: { kind: "exception", id: exceptionId },
        before: { status: "asked" },
        after: { status: "withdrawn" },
      },
    };
  },
});
