import { and, eq, inArray } from "drizzle-orm";
import { auditSubjects } from "#db/audit/schema.ts";
import type { Store } from "#db/client.ts";
import { DomainError } from "../../errors.ts";
import { auditKeyring } from "../keys.ts";
import { type Commitment, type Revealed, type RevealedValue, replaceCommitments } from "./commitment.ts";
import { commit } from "./conceal.ts";
import { NotEnclosedError, open, unwrapSubject } from "./subjects.ts";

/** Of an entry, what may hold commitments, and what they stand for, encrypted. */
export type ConcealedEntry = {
  origin: Record<string, unknown> | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  personal: Record<string, string> | null;
};

/**
 * What the commitments of entries stand for; each of them is in the answer. The caller has made sure that who asks may
 * read the organisation's trail (`audit:read`).
 */
export async function revealPersonal(
  db: Store,
  organisationId: string,
  entries: readonly ConcealedEntry[],
): Promise<Revealed> {
  const met = entries.flatMap((entry) => commitmentsIn(entry).map((of) => [of, entry.personal] as const));
  if (met.length === 0) return new Map();
  const keys = await readKeys(db, organisationId, [...new Set(met.map(([{ of }]) => of))]);
  return new Map(
    met.map(([commitment, personal]) => [
      commitment.commitment,
      reveal(commitment, personal?.[commitment.commitment], keys.get(commitment.of)),
    ]),
  );
}

function commitmentsIn({ origin, before, after }: ConcealedEntry): Commitment[] {
  const found: Commitment[] = [];
  replaceCommitments([origin, before, after], (commitment) => found.push(commitment));
  return found;
}

async function readKeys(db: Store, organisationId: string, ids: string[]) {
  const rows = await db
    .select()
    .from(auditSubjects)
    .where(and(eq(auditSubjects.organisationId, organisationId), inArray(auditSubjects.id, ids)));
  const keyring = auditKeyring();
  return new Map(rows.map((row) => [row.id, keyOf(() => unwrapSubject(row, keyring))]));
}

/** A key that is missing, or was tampered with, takes nothing but its own values away from a reader. */
function keyOf(unwrap: () => Buffer | null): Buffer | "erased" | "unreadable" {
  try {
    return unwrap() ?? "erased";
  } catch (error) {
    if (error instanceof DomainError || error instanceof NotEnclosedError) return "unreadable";
    throw error;
  }
}

function reveal(
  { personal: kind, commitment }: Commitment,
  closed: string | undefined,
  key: Buffer | "erased" | "unreadable" = "unreadable",
): RevealedValue {
  if (commitment === "erased" || key === "erased") return { lost: "erased" };
  if (key === "unreadable" || closed === undefined) return { lost: "unreadable" };
  try {
    const value = open(Buffer.from(closed, "base64url"), key, commitment).toString();
    const proof = commit(key, kind, value);
    return proof.commitment === commitment ? { value, opening: proof.opening } : { lost: "unreadable" };
  } catch (error) {
    if (error instanceof NotEnclosedError) return { lost: "unreadable" };
    throw error;
  }
}
