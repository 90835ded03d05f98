import type { Transaction } from "#db/client.ts";
import { notifyFindings } from "#lib/findings/notify.ts";

/** Tells browsers, when the transaction commits, that an import has come further, and findings with it. */
export const notifyImport = (tx: Transaction, organisationId: string, importId: string): Promise<void> =>
  notifyFindings(tx, organisationId, importId);
