import { notFound } from "next/navigation";
import { getSource, type SourceView } from "#db/accounts/source-queries.ts";
import { database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";

/** The organisation of a page; what the scope can't see is not found. */
export async function readSource(scope: Scope, sourceId: string): Promise<SourceView> {
  try {
    return await getSource(database().db, scope, sourceId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
