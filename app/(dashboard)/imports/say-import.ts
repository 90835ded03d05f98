import type { ImportView } from "#db/imports/model.ts";
import type { ImportFormat } from "#db/imports/schema.ts";

export const formatWords: Readonly<Record<ImportFormat, string>> = {
  prowler_ocsf: "Prowler, JSON-OCSF",
  prowler_csv: "Prowler, CSV",
  asff: "AWS Security Hub, ASFF",
  sarif: "SARIF",
};

/** Every outcome of a row, in the order of the bar; the first five add up to all rows. */
export const outcomes = [
  { name: "created", word: "New findings", hint: "Opened by this report." },
  { name: "updated", word: "Changed", hint: "Reopened, reworded or resolved." },
  {
    name: "unchanged",
    word: "As they were",
    hint: "Known already, passed, muted, or older than what is known.",
  },
  { name: "duplicates", word: "Parapet's own", hint: "Parapet judges the same of the same resource itself." },
  { name: "rejected", word: "Rejected", hint: "Could not be taken; each says why." },
] as const;

export const isUnderWay = ({ status }: Pick<ImportView, "status">): boolean =>
  status === "uploading" || status === "waiting" || status === "running";

const count = (n: number, one: string, many: string): string =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** What it came to, in a sentence or two. */
export function sayImport({ status, counts, error }: ImportView): string {
  if (status === "uploading") return "The file is on its way.";
  if (status === "waiting") return "It is read as soon as a worker is free.";
  const rows = count(counts.rows, "row", "rows");
  if (status === "running") return `${rows} read so far.`;
  if (status === "failed") return error ?? "It could not be read.";
  const parts = [
    counts.created > 0 ? `${count(counts.created, "new finding", "new findings")}` : "",
    counts.resolved > 0 ? `${counts.resolved.toLocaleString("en")} resolved` : "",
    counts.updated > counts.resolved
      ? `${(counts.updated - counts.resolved).toLocaleString("en")} changed`
      : "",
    counts.rejected > 0 ? `${counts.rejected.toLocaleString("en")} rejected` : "",
  ].filter(Boolean);
  return parts.length > 0 ? `${rows}: ${parts.join(", ")}.` : `${rows}, and nothing changed.`;
}

/** Bytes as people read them. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
