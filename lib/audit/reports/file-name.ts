/** What a report's file is called: `audit-daily-2026-11-20.html`. Days begin at midnight somewhere, so each is named by its noon. */
export function fileNameOf({ kind, from, to }: { kind: string; from: Date; to: Date }): string {
  const half = kind === "custom" ? 0 : 12 * 3_600_000;
  const [first, last] = [from.getTime() + half, to.getTime() - 1 - half].map((at) =>
    new Date(at).toISOString().slice(0, 10),
  );
  return `audit-${kind}-${first}${kind === "daily" || first === last ? "" : `-to-${last}`}.html`;
}
