import { and, eq, isNull } from "drizzle-orm";
import type { Store } from "#db/client.ts";
import { customPlaybooks } from "#db/remediation/schema.ts";
import { canonicalHash } from "../canonical-json.ts";
import { DomainError } from "../errors.ts";
import type { Playbook } from "./playbook.ts";
import { builtInPlaybooks } from "./playbooks/index.ts";

export type FoundPlaybook = {
  playbook: Playbook;
  /** SHA-256 of the playbook's canonical JSON, in hex: another one whenever anything of it changed. */
  hash: string;
  /** Of an organisation's own, how often it was saved; 1 for one that comes with Parapet. */
  version: number;
  source: "built_in" | "custom";
  /** Who saved this version; null for one that comes with Parapet. */
  createdBy: string | null;
};

/** One of Parapet's own by its id, or undefined. */
export const findBuiltIn = (id: string): Playbook | undefined =>
  builtInPlaybooks.find((playbook) => playbook.id === id);

/** A playbook by its id, as it is now. Throws `not_found` for one that there is not, or not any more. */
export async function findPlaybook(db: Store, organisationId: string, id: string): Promise<FoundPlaybook> {
  const builtIn = findBuiltIn(id);
  if (builtIn) {
    const hash = canonicalHash(builtIn);
    return { playbook: builtIn, hash, version: 1, source: "built_in", createdBy: null };
  }
  const [row] = await db
    .select({
      document: customPlaybooks.document,
      version: customPlaybooks.version,
      createdBy: customPlaybooks.createdBy,
    })
    .from(customPlaybooks)
    .where(
      and(
        eq(customPlaybooks.organisationId, organisationId),
        eq(customPlaybooks.key, id),
        isNull(customPlaybooks.retiredAt),
      ),
    );
  if (!row) throw new DomainError("not_found", "There is no such playbook.");
  const playbook = playbookOf(row.document);
  const { version, createdBy } = row;
  return { playbook, hash: canonicalHash(playbook), version, source: "custom", createdBy };
}

/** What was stored was validated when it was saved. */
export const playbookOf = (document: Record<string, unknown>): Playbook => document as unknown as Playbook;
