/** Successive batches, verified by one worker at a time. */
export type Part = {
  /** The numbers of its first and last batch. */
  from: number;
  to: number;
  /** Sizes of checkpoints within it, ascending: the tree is cut there so that their roots can be told. */
  marks: number[];
  /** Whether its entries are read; without, only the batches are. */
  entries: boolean;
  /** The position that the fingerprints begin at. */
  first: number;
  /** Where its first batch is said to stand, and how many entries its batches are said to hold. */
  position: number;
  size: number;
};

/** What is wrong with a batch: its shape, its own hash, its HMAC, the key of that, or what it names as the one before. */
export type BatchFault = {
  n: number;
  first: number;
  size: number;
  fault: "shape" | "hash" | "mac" | "key" | "previous";
  keyId: string;
};

/** A row that isn't what was sealed at its position. Hashes are hex. */
export type Mismatch = {
  position: number;
  id: number;
  batch: number;
  entryId: string;
  /** The leaf of what the row says; null where no entry says that. */
  leaf: string | null;
  sealed: string;
  /** Whether the row's HMAC is that of what it says: then Parapet wrote it, for another place. */
  genuine: boolean;
};

/** A row that says what was sealed, but that Parapet's HMAC doesn't bear out. */
export type Unproven = {
  position: number;
  id: number;
  batch: number;
  entryId: string;
  why: "no_mac" | "mac" | "leaf" | "key";
  keyId: string | null;
};

export type PartResult = {
  /** How many entries were read and compared. */
  entries: number;
  faults: BatchFault[];
  /** The part's batches as far as the next part must follow on them. Hex. */
  lastHash: string | null;
  firstPrevious: string | null;
  /** Roots of complete subtrees, up to each mark and to the end. */
  segments: { to: number; roots: { level: number; index: number; hash: Uint8Array }[] }[];
  /** Nodes stored that aren't what the leaves make, or that are missing. */
  badNodes: { level: number; index: number; missing: boolean }[];
  mismatches: Mismatch[];
  unproven: Unproven[];
  /** More of either than were kept. */
  more: number;
  /** Positions whose rows are not there, as from, to, from, to, … */
  missing: number[];
  /** `audit_entries.id` of rows met that none of these batches has. */
  strays: number[];
  /** Ids that were read, as lowest, highest, lowest, highest, … */
  runs: number[];
  /** Ids that occur in a batch of this part and in another. */
  twice: { position: number; id: number; batch: number }[];
};

/** What the workers share. */
export type Shared = {
  /** One bit for each id from `lowestId` on that a batch has. */
  sealedIds: SharedArrayBuffer;
  lowestId: number;
  /** 52 bits of each leaf, to find copies; of length 0 when they are looked for otherwise. */
  fingerprints: SharedArrayBuffer;
};
