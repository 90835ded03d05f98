import type { DiffLine } from "#components/diff/diff-lines.ts";
import type { AuditEntryDetail } from "#db/audit/model.ts";

/** A value of an entry in one line. `personal`: what kind of personal data it is, kept apart from the entry. */
export type ToldValue = { path: string; text: string; personal: string | null };

/** One entry, ready to be read. */
export type EntryView = {
  entry: AuditEntryDetail;
  /** What changed, where the entry says what there was and what there is. */
  changes: DiffLine[] | null;
  /** What it says otherwise. */
  values: ToldValue[];
  /** Values of the entry that are personal data: what stands in their place in what is hashed. */
  personal: { kind: string; text: string; isErased: boolean }[];
  address: ToldValue | null;
  /** Before and after as they were hashed, commitments and all. */
  raw: string | null;
};

/** Whether an entry is what was sealed, as the trail's proof has it. */
export type EntryCheck =
  | { state: "proven"; position: number; size: number; signedAt: string | null }
  | { state: "waiting" | "wrong"; says: string };
