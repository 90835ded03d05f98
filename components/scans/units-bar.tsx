import type { UnitStatus } from "#db/scans/schema.ts";

/**
 * A scan's units as a stretch of wall: what was read stands, what was read in part is a hatched notch, what failed is
 * marked, what is still to come is the bare line.
 */
export function UnitsBar({ units }: { units: Record<UnitStatus, number> }) {
  const all = Object.values(units).reduce((sum, each) => sum + each, 0);
  const parts = [
    { name: "done", count: units.done, look: "h-full bg-done" },
    { name: "gap", count: units.gap, look: "h-1/2 hatched border border-b-0 border-gap" },
    { name: "failed", count: units.failed, look: "h-full bg-critical" },
    { name: "running", count: units.running, look: "h-full breathing bg-accent" },
    { name: "cancelled", count: units.cancelled, look: "h-1/2 border border-b-0 border-dashed border-edge" },
    { name: "open", count: units.waiting + units.queued, look: "h-0" },
  ].filter(({ count }) => count > 0);
  const words = [
    `${units.done} of ${all} read`,
    units.gap > 0 ? `${units.gap} with gaps` : "",
    units.failed > 0 ? `${units.failed} failed` : "",
    units.cancelled > 0 ? `${units.cancelled} cancelled` : "",
  ].filter(Boolean);
  return (
    <span
      role="img"
      aria-label={words.join(", ")}
      title={words.join(", ")}
      className="flex h-3 w-full items-end gap-px border-b border-line-strong"
    >
      {parts.map(({ name, count, look }) => (
        <span key={name} className={`min-w-1 ${look}`} style={{ flexGrow: count }} />
      ))}
    </span>
  );
}
