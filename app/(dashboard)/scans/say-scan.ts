import type { ScanView } from "#db/scans/model.ts";

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** How a scan went, or goes, in a sentence or two of plain words. */
export function sayScan(scan: ScanView): string {
  const { units, resources, error, status } = scan;
  const all = Object.values(units).reduce((sum, each) => sum + each, 0);
  const blind = units.gap + units.failed;
  const read = `${plural(resources, "resource")} read`;
  if (status === "failed") return `${error ?? "It could not be carried out."} What was read before is kept.`;
  if (status === "cancelling")
    return "It stops as soon as the pieces under way let go. What was read is kept.";
  if (status === "cancelled") {
    return `Cancelled. ${read} before that, and kept; nothing that was not read was resolved.`;
  }
  if (status === "running") {
    return all === 0 ? "Working out what there is to read." : `${read} so far.${sayBlind(blind)}`;
  }
  return `${read} in ${plural(all, "piece")}.${blind === 0 ? " Everything could be read." : sayBlind(blind)}`;
}

const sayBlind = (blind: number): string =>
  blind === 0
    ? ""
    : ` ${plural(blind, "piece")} could not be read whole: what is missing is unknown, and nothing there is resolved.`;

export const triggerWords = (scan: Pick<ScanView, "trigger" | "requestedBy">): string =>
  scan.requestedBy ??
  { manual: "Parapet", connect: "On connecting", schedule: "On schedule", fix: "After a fix" }[scan.trigger];
