import type { Transaction } from "#db/client.ts";
import type { SecretPlace } from "./seal.ts";

/** Rows that one transaction seals anew. */
export const batchRows = 100;

/** Sealed values of one table. */
export type SealedRows = {
  /** The next ones after `id` that are under another key, held until the transaction ends. */
  hold(tx: Transaction, keyId: string, id: string): Promise<SealedRow[]>;
  put(tx: Transaction, row: SealedRow, keyId: string, sealed: Uint8Array): Promise<unknown>;
};
export type SealedRow = {
  /** The row's; several of one table may be of the same row. */
  id: string;
  keyId: string;
  sealed: Uint8Array;
  place: SecretPlace;
};
