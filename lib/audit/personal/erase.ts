import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { withoutNul } from "#db/insert-rows.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation, type Mutation } from "../../mutation.ts";
import { eraseUser } from "../../users/erase-user.ts";
import { eraseValues, findSubjectOfUser } from "./erase-subjects.ts";
import { readHoldsAndKeepThem } from "./hold-back.ts";
import { forgetSubjects } from "./subjects.ts";

const reason = z
  .string()
  .trim()
  .transform(withoutNul)
  .pipe(z.string().min(3, "Say why, without naming them.").max(500));

export const ErasePersonInput = z.union([
  z.strictObject({ userId: z.string().min(1).max(80).transform(withoutNul), reason }),
  /** Of somebody who is no user: an e-mail address, a telephone number, an IP address, as the trail was given it. */
  z.strictObject({ value: z.string().trim().min(3).max(320).transform(withoutNul), reason }),
]);

export type Erased = {
  /** Whose key is gone: a user's id, or a subject's. */
  subject: string;
  /** Keys destroyed in all: theirs, and those of their addresses. */
  keys: number;
};

/**
 * Erases a person for ever. The keys under which the trail holds their data are destroyed, so that nobody can tell what its
 * commitments stand for, while every entry and every proof stays as it is. A user's row is made nobody's: no name, no
 * address, no password, no sessions, tokens, links or identities. What they wrote (comments, reasons) stays, under
 * nobody's name. Throws `conflict` while a legal hold is in force, and for who was erased before.
 */
export const erasePerson = forgetting(
  defineMutation({
    permission: "audit:erase",
    act: { action: "person.erase", kind: "user", id: "userId" },
    input: ErasePersonInput,
    async run({ tx, scope, input }) {
      scope.requireEveryAccount();
      await refuseUnderHold(tx, scope);
      const erased =
        "userId" in input ? await eraseUser(tx, scope, input.userId) : await eraseOne(tx, scope, input.value);
      const { kind, subject, ...counts } = erased;
      return {
        result: { subject, keys: counts.keys },
        audit: {
          action: "person.erase",
          object: { kind, id: subject },
          after: { reason: input.reason, ...counts },
        },
      };
    },
  }),
);

async function eraseOne(tx: Transaction, scope: Scope, value: string) {
  const holder = await findSubjectOfUser(tx, scope.organisationId, value);
  if (holder) {
    throw new DomainError(
      "conflict",
      "Nothing was erased: a user signs in by this address. Erase the user, and it goes with them.",
    );
  }
  const [subject, ...others] = await eraseValues(tx, scope.organisationId, [value]);
  if (subject === undefined) {
    throw new DomainError(
      "not_found",
      "Nothing was erased: the trail holds nothing of whom this belongs to.",
    );
  }
  return { kind: "subject", subject, keys: 1 + others.length };
}

async function refuseUnderHold(tx: Transaction, scope: Scope): Promise<void> {
  const [hold] = await readHoldsAndKeepThem(tx, scope.organisationId);
  if (!hold) return;
  throw new DomainError(
    "conflict",
    `Nothing was erased: the legal hold “${hold.name}” is in force. Lift it first, if it may be.`,
  );
}

/** The keys that this process remembers go, too; other processes forget theirs within a minute. */
function forgetting<I extends z.ZodType, R>(mutation: Mutation<I, R>): Mutation<I, R> {
  const mutate = async (...given: Parameters<Mutation<I, R>>): Promise<R> => {
    try {
      return await mutation(...given);
    } finally {
      forgetSubjects();
    }
  };
  return Object.assign(mutate, { permission: mutation.permission, input: mutation.input });
}
