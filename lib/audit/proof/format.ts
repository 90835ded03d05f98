/*
 * The proof bundle: newline-delimited JSON that proves what the trail says to whoever has nothing but the bundle and the
 * trail's public key. One format for a single entry, a range, a filtered export and an archive.
 *
 *   {"parapet":"audit-bundle","v":1,"checkpoint":"<signed note>","size":N,…}         the first line
 *   {"position":p,"check":"<first 8 bytes of its leaf>","entry":<canonical entry>}   an entry that is told
 *   {"personal":{"<commitment>":{…}},"position":p}                                   what the entry before commits to
 *   {"from":a,"to":b,"hash":"<base64>"}                                              entries that are not told
 *
 * Entries and hashes follow one another without a gap from position 0 to N. A hash stands for the 2^k positions from a
 * multiple of 2^k on, as RFC 9162 (2.1.1) computes it, so their root is that of the signed checkpoint or the bundle
 * isn't what was written. `check` proves nothing: it only helps to say which entry it was that somebody changed.
 */

/** What the first line tells. Only `checkpoint` is signed; the rest is for people. */
export type BundleHeader = {
  parapet: "audit-bundle";
  v: 1;
  /** A C2SP tlog-checkpoint, signed as a C2SP note. */
  checkpoint: string;
  /** How many entries the checkpoint covers. */
  size: number;
  /** What the bundle holds, in words. */
  about?: string;
  /** When it was made, ISO 8601. */
  madeAt?: string;
  [more: string]: unknown;
};

/**
 * A value that an entry commits to, told beside it. Its commitment is the HMAC-SHA-256 of the canonical JSON of `[kind,
 * value]` under the opening's bytes; opening and commitment are base64url.
 */
export type BundledValue = { kind: string; value: string; opening: string };

/** What was revealed of one entry, by commitment. */
export type BundledValues = Readonly<Record<string, BundledValue>>;

/** An entry as bundles tell it. */
export type ToldEntry = {
  position: number;
  /** 32 bytes: SHA-256 of 0x00 and `canonical`. */
  leaf: Uint8Array;
  /** The canonical entry, as it was hashed. */
  canonical: string;
  personal?: BundledValues;
};

export const headerLine = (header: BundleHeader): string => `${JSON.stringify(header)}\n`;

export const checkOf = (leaf: Uint8Array): string => Buffer.from(leaf.subarray(0, 8)).toString("base64url");

export function entryLines({ position, leaf, canonical, personal }: ToldEntry): string {
  const told = `{"position":${position},"check":"${checkOf(leaf)}","entry":${canonical}}\n`;
  return personal && Object.keys(personal).length > 0
    ? `${told}${JSON.stringify({ personal, position })}\n`
    : told;
}

export const hashLine = (from: number, to: number, hash: Uint8Array): string =>
  `{"from":${from},"to":${to},"hash":"${Buffer.from(hash).toString("base64")}"}\n`;
