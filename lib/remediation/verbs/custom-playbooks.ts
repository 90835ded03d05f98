import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { customPlaybooks } from "#db/remediation/schema.ts";
import { canonicalHash } from "../../canonical-json.ts";
import { DomainError } from "../../errors.ts";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { defineMutation } from "../../mutation.ts";
import { playbookOf } from "../find-playbook.ts";
import type { Playbook } from "../playbook.ts";
import { guarded } from "./guarded.ts";

export const SaveCustomPlaybookInput = z.strictObject({
  /** A playbook as `PlaybookDocument` has it, or the text of one in YAML or JSON. */
  document: z.union([z.string().min(1).max(70_000), z.record(z.string().max(100), z.unknown())]),
  /** The version that was edited; left out for a new playbook. */
  revision: z.number().int().positive().optional(),
});

/**
 * Saves a playbook of the organisation's own, as a new version of the one with its id. Plans name the version that they
 * were made from. Throws `invalid_input` with what is wrong by path, and `conflict` when somebody else saved it meanwhile.
 */
export const saveCustomPlaybook = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: { action: "playbook.save", kind: "playbook" },
    input: SaveCustomPlaybookInput,
    async run({ tx, scope, input: { document, revision } }) {
      scope.requireEveryAccount();
      if (scope.actor.kind !== "user") throw new DomainError("forbidden", "A person has to save a playbook.");
      const playbook = cleaned(await readPlaybook(document));
      const { organisationId } = scope;
      const newest = await holdNewest(tx, organisationId, playbook.id);
      const current = newest?.retiredAt === null ? newest : null;
      if ((current?.version ?? null) !== (revision ?? null)) {
        throw new DomainError(
          "conflict",
          revision === undefined
            ? `Nothing was saved: there is a playbook ${playbook.id} already. Edit that one, or choose another id.`
            : "Nothing was saved: the playbook has changed since you saw it. Look at it again, and repeat what you meant.",
        );
      }
      const version = (newest?.version ?? 0) + 1;
      if (current) await retire(tx, current.id);
      const stored = playbook as unknown as Record<string, unknown>;
      await tx.insert(customPlaybooks).values({
        ...{ id: newId("pbk"), organisationId, key: playbook.id, version, document: stored },
        createdBy: scope.actor.id,
      });
      const hash = canonicalHash(playbook);
      return {
        result: { playbook: playbook.id, version, hash },
        audit: {
          action: "playbook.save",
          object: { kind: "playbook", id: playbook.id },
          ...(current ? { before: { version: current.version, hash: hashOf(current.document) } } : {}),
          after: { version, hash, document: stored },
        },
      };
    },
  }),
);

export const RetireCustomPlaybookInput = z.strictObject({
  playbook: z.string().min(1).max(80),
  /** The version that was seen. */
  revision: z.number().int().positive(),
});

/** Takes a playbook of the organisation's own out of the library. Plans that were made from it go on. */
export const retireCustomPlaybook = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: { action: "playbook.retire", kind: "playbook", id: "playbook" },
    input: RetireCustomPlaybookInput,
    async run({ tx, scope, input: { playbook, revision } }) {
      scope.requireEveryAccount();
      const current = await holdNewest(tx, scope.organisationId, playbook);
      if (current?.retiredAt !== null) {
        throw new DomainError("not_found", "There is no such playbook of your own.");
      }
      if (current.version !== revision) {
        throw new DomainError(
          "conflict",
          "Nothing was changed: the playbook has changed since you saw it. Look at it again.",
        );
      }
      await retire(tx, current.id);
      return {
        result: { playbook },
        audit: {
          action: "playbook.retire",
          object: { kind: "playbook", id: playbook },
          before: { version: current.version, hash: hashOf(current.document) },
        },
      };
    },
  }),
);

const hashOf = (document: Record<string, unknown>): string => canonicalHash(playbookOf(document));

/** Reading needs the actions that a playbook may name, which bring the clouds' SDKs along: so only here, when asked for. */
async function readPlaybook(document: string | Record<string, unknown>): Promise<Playbook> {
  const { parsePlaybook, problemsError, validatePlaybook } = await import("../playbook-document.ts");
  const { registerBuiltInActions } = await import("../register.ts");
  registerBuiltInActions();
  const text = typeof document === "string" ? document : null;
  const isJson = text === null || text.trimStart().startsWith("{");
  const playbook = parsePlaybook(text ?? JSON.stringify(document), isJson ? "json" : "yaml");
  const problems = await validatePlaybook(playbook);
  if (problems.length > 0) throw problemsError(problems, text ?? undefined);
  return playbook;
}

async function holdNewest(tx: Transaction, organisationId: string, key: string) {
  const [newest] = await tx
    .select()
    .from(customPlaybooks)
    .where(and(eq(customPlaybooks.organisationId, organisationId), eq(customPlaybooks.key, key)))
    .orderBy(desc(customPlaybooks.version))
    .limit(1)
    .for("no key update");
  return newest;
}

const retire = (tx: Transaction, id: string) =>
  tx
    .update(customPlaybooks)
    .set({ retiredAt: sql`now()` })
    .where(and(eq(customPlaybooks.id, id), isNull(customPlaybooks.retiredAt)));
