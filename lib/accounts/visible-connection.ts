/**
 * A connection as people and the audit trail may see it. A credential configuration may name headers to send along, and
 * what those say is nobody's business.
 */
export function visibleConnection(connection: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(connection).map(([name, value]) => [
    name,
    name === "headers" && isRecord(value)
      ? Object.fromEntries(Object.keys(value).map((header) => [header, "…"]))
      : isRecord(value)
        ? visibleConnection(value)
        : value,
  ]);
  return Object.fromEntries(entries);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
