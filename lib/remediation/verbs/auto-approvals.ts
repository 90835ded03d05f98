import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { newId } from "#db/columns.ts";
import { autoApprovals } from "#db/remediation/schema.ts";
import { severities } from "../../checks/model.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { findPlaybook } from "../find-playbook.ts";
import { guarded } from "./guarded.ts";
import { Id } from "./inputs.ts";
import { requireAccount } from "./require-account.ts";

export const AllowAutoApprovalInput = z.strictObject({
  /** The playbook's id: one of low risk, of which nothing is irreversible. */
  playbook: z.string().min(1).max(80),
  accountId: Id,
  /** Findings of exactly this severity. */
  severity: z.enum(severities),
});

/**
 * Has plans of a playbook for findings of one severity in one account approved without anybody's decision, but for those
 * that whoever makes the rule asks for. Throws `conflict` for a playbook that always takes a person's decision.
 */
export const allowAutoApproval = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: { action: "auto_approval.allow", kind: "auto_approval" },
    input: AllowAutoApprovalInput,
    async run({ tx, scope, input }) {
      await requireAccount(tx, scope, input.accountId);
      if (scope.actor.kind !== "user") throw new DomainError("forbidden", "A person has to ask for this.");
      const { playbook } = await findPlaybook(tx, scope.organisationId, input.playbook);
      if (playbook.risk !== "low" || playbook.irreversible.length > 0) {
        throw new DomainError(
          "conflict",
          `Nothing was changed: ${playbook.id} is ${playbook.risk === "low" ? "not wholly reversible" : `of ${playbook.risk} risk`}, so a person has to decide each time.`,
        );
      }
      if (playbook.approvals > 1) {
        throw new DomainError(
          "conflict",
          `Nothing was changed: ${playbook.id} takes two people's approval, and a rule is one person's.`,
        );
      }
      const ruleId = newId("aap");
      const { organisationId, actor } = scope;
      await tx.insert(autoApprovals).values({ ...input, id: ruleId, organisationId, createdBy: actor.id });
      return {
        result: { ruleId },
        audit: {
          action: "auto_approval.allow",
          object: { kind: "auto_approval", id: ruleId },
          after: input,
        },
      };
    },
  }),
);

export const WithdrawAutoApprovalInput = z.strictObject({ ruleId: Id });

/** Takes a standing approval back. What it has approved stays approved. */
export const withdrawAutoApproval = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: { action: "auto_approval.withdraw", kind: "auto_approval", id: "ruleId" },
    input: WithdrawAutoApprovalInput,
    async run({ tx, scope, input: { ruleId } }) {
      const [rule] = await tx
        .select()
        .from(autoApprovals)
        .where(and(eq(autoApprovals.id, ruleId), eq(autoApprovals.organisationId, scope.organisationId)))
        .for("update");
      if (!rule || (scope.accountIds !== null && !scope.accountIds.includes(rule.accountId))) {
        throw new DomainError("not_found", "There is no such rule.");
      }
      await tx.delete(autoApprovals).where(eq(autoApprovals.id, ruleId));
      const { playbook, accountId, severity } = rule;
      return {
        result: { ruleId },
        audit: {
          action: "auto_approval.withdraw",
          object: { kind: "auto_approval", id: ruleId },
          before: { playbook, accountId, severity },
        },
      };
    },
  }),
);
