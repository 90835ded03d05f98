/**
 * A place outside the database that checkpoints are written to, and where what was written stays. Whoever changes the
 * database cannot change what an anchor says of it.
 */
export type Anchor = {
  /** As configured, without anything secret. */
  name: string;
  /** Resolves once the note is kept there for good and was read back. Throws an AnchorError. */
  write(note: string, size: number): Promise<void>;
  /** The note that was written last; null where there is none yet. Throws an AnchorError. */
  latest(): Promise<string | null>;
  /** The notes in the order of their writing, those since a moment alone where one is given. Throws an AnchorError. */
  list(since?: Date): AsyncIterable<string>;
};

/** An anchor that cannot be written or read. The message is for an administrator. */
export class AnchorError extends Error {
  override readonly name = "AnchorError";
}
