/** Of the statuses that blame the caller, those that pass by themselves: too slow, in another's way, too early, too often. */
const passing = new Set([408, 409, 425, 429]);

/**
 * Whether a provider refused a call in a way that asking again won't change, such as for a value that it doesn't take.
 * Scans count that as "couldn't be read", which for a change would mean to try the same in vain.
 */
export function isRefusedForGood(error: unknown): boolean {
  for (
    let said: unknown = error, depth = 0;
    said instanceof Error && depth < 5;
    said = said.cause, depth += 1
  ) {
    const status = statusOf(said);
    if (status !== undefined) return status >= 400 && status < 500 && !passing.has(status);
  }
  return false;
}

/** The HTTP status by which an SDK's error says that it was answered. */
function statusOf(error: Error): number | undefined {
  const { $metadata, statusCode, status, response } = error as {
    $metadata?: { httpStatusCode?: unknown };
    statusCode?: unknown;
    status?: unknown;
    response?: { status?: unknown };
  };
  return [$metadata?.httpStatusCode, statusCode, status, response?.status].find(
    (one): one is number => typeof one === "number",
  );
}
