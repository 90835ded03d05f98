/** What verification can find wrong, by the worst first. */
export const problemKinds = [
  /** An entry says something else than what was sealed. */
  "changed",
  /** An entry that was sealed is neither in the database nor in an archive. */
  "removed",
  /** A row that Parapet didn't write, or a copy of one that it did. */
  "inserted",
  /** Genuine entries in another order than they were sealed in. */
  "reordered",
  /** The newest entries are missing: a checkpoint kept outside or in the database counts more than there are. */
  "tail_cut",
  /** A checkpoint that no key of the trail signed, or that says something else than what was signed. */
  "checkpoint_forged",
  /** A checkpoint that was signed is no longer in the database. */
  "checkpoint_removed",
  /** A batch, or a hash of the tree, isn't what Parapet sealed. */
  "chain_broken",
  /** An anchor lost what was written to it. */
  "anchor_missing",
  /** An anchor cannot be read just now: nothing is known to be wrong, but nothing vouches for the end of the trail. */
  "anchor_unreachable",
  /** An old backup was restored: the trail goes on from there, and what came after it is in no database. */
  "set_back",
  /** Entries were archived to a file that is gone. */
  "archive_missing",
  /** A file of archived entries isn't what was written. */
  "archive_changed",
  /** An entry that Parapet wrote was kept from being sealed. */
  "unsealed",
  /** Something was written under a key that PARAPET_AUDIT_KEYS lacks, so it can't be judged. */
  "key_missing",
] as const;
export type ProblemKind = (typeof problemKinds)[number];

/** Something that is wrong with the trail. JSON-safe: kept in `audit_verifications.problems`. */
export type Problem = {
  kind: ProblemKind;
  /** Where in the trail, counted from 0: of several in a row, the first. */
  position?: number;
  /** How many in a row, when more than one. */
  count?: number;
  /** The entry's name, as far as it can still be told. */
  entryId?: string;
  /** The batch, by its number. */
  batch?: number;
  /** The anchor, archive file or checkpoint, by its name. */
  of?: string;
  /** What was found, in a sentence or two for an auditor. */
  detail: string;
};

/** The order to tell problems in: by where they are, those that are nowhere in particular last. */
export function compareProblems(a: Problem, b: Problem): number {
  const order = (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER);
  return order || problemKinds.indexOf(a.kind) - problemKinds.indexOf(b.kind);
}

/** Tells one problem from another, so that a finding is announced once. */
export const problemKey = ({ kind, position, batch, of }: Problem): string =>
  [kind, position ?? "", batch ?? "", of ?? ""].join("|");
