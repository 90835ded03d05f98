import type { z } from "zod";
import {
  AuditEntry,
  AuditErrors,
  AuditIntegrity,
  AuditPerformance,
  AuditStatistics,
} from "#lib/api/schemas/audit.ts";
import type { AuditFilter, AuditRange } from "#lib/audit/filter.ts";
import type { AuditBackend } from "../audit/backend.ts";
import type { RemoteClient, RemoteRequest } from "./client.ts";

/** The trail of a server, through its API. */
export function remoteAudit(client: RemoteClient): AuditBackend {
  const read = <S extends z.ZodType>(path: string, range: AuditRange, answer: S) =>
    client.request("GET", `/audit/${path}`, {
      query: { from: range.from.toISOString(), to: range.to.toISOString() },
      answer,
    });
  return {
    list: (filter, limit) => client.list("/audit/entries", auditQueryOf(filter), AuditEntry, limit),
    statistics: (range) => read("statistics", range, AuditStatistics),
    errors: (range) => read("errors", range, AuditErrors),
    performance: (range) => read("performance", range, AuditPerformance),
    integrity: () => client.request("GET", "/audit/integrity", { answer: AuditIntegrity }),
  };
}

/** A filter as the parameters of a query. */
export const auditQueryOf = (filter: AuditFilter): NonNullable<RemoteRequest<z.ZodType>["query"]> => ({
  from: filter.from ?? undefined,
  to: filter.to ?? undefined,
  actor: filter.actors,
  action: filter.actions,
  kind: filter.objectKind ?? undefined,
  object: filter.objectId ?? undefined,
  result: filter.results,
  correlation: filter.correlationId ?? undefined,
  text: filter.text === "" ? undefined : filter.text,
});
