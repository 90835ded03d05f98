import type { ImportFormat } from "#db/imports/schema.ts";
import { formatNames } from "./format-words.ts";
import { ReportError } from "./model.ts";
import { shorten } from "./row-fields.ts";

/** How much of a file's beginning is looked at. */
export const headLength = 65_536;

type Look = { format: ImportFormat } | { format: null; seen: string };

/** Tells a format by the beginning of a file, decoded; or says what else it seems to be. */
export function detectFormat(head: string): Look {
  const start = head.replace(/^\ufeff/, "").trimStart();
  if (start === "") return { format: null, seen: "an empty file" };
  if (start.startsWith("{") || start.startsWith("[")) return detectJson(start);
  const [heading = ""] = start.split(/\r?\n/, 1);
  if (/(^|[;,\t"])CHECK_ID([;,\t"]|$)/i.test(heading)) return { format: "prowler_csv" };
  return { format: null, seen: nameOther(start, heading) };
}

function detectJson(start: string): Look {
  const has = (...members: string[]) => members.every((member) => new RegExp(`"${member}"\\s*:`).test(start));
  if (has("runs") || /"\$schema"\s*:\s*"[^"]*sarif/i.test(start)) return { format: "sarif" };
  if (has("finding_info") || has("metadata", "event_code")) return { format: "prowler_ocsf" };
  if (has("AwsAccountId") || has("GeneratorId") || /^\{\s*"Findings"\s*:/.test(start))
    return { format: "asff" };
  if (/^\[\s*\]\s*$/.test(start)) return { format: null, seen: "an empty list" };
  const names = [...start.slice(0, 4_000).matchAll(/"([^"\\]{1,40})"\s*:/g)]
    .slice(0, 4)
    .map(([, name]) => name);
  return { format: null, seen: names.length > 0 ? `JSON with ${names.join(", ")}` : "JSON without names" };
}

function nameOther(start: string, heading: string): string {
  if (start.startsWith("PK\u0003\u0004"))
    return "a ZIP archive or a spreadsheet; unpack it, or save it as CSV";
  if (start.startsWith("%PDF")) return "a PDF";
  if (/^<(!doctype html|html)/i.test(start)) return "an HTML page";
  if (start.startsWith("<")) return "XML";
  if (/[;,\t]/.test(heading)) return `a table whose heading begins with ${shorten(heading, 80)}`;
  return `a file that begins with ${shorten(heading, 60)}`;
}

/**
 * The format to read a file by: the one that was told, unless its beginning is plainly another's, else the one it looks
 * like. Throws ReportError.
 */
export function settleFormat(told: ImportFormat | null, head: string): ImportFormat {
  const look = detectFormat(head);
  if (look.format !== null) {
    if (told === null || told === look.format) return look.format;
    throw new ReportError(
      `It was said to be ${formatNames[told]}, but it looks like ${formatNames[look.format]}. Choose that, or let the format be told by the content.`,
    );
  }
  // A first row longer than what was looked at may hide what it is.
  const isUnclear = head.length >= headLength && look.seen.startsWith("JSON");
  if (told !== null && isUnclear) return told;
  throw new ReportError(`It is none of ${Object.values(formatNames).join(", ")}: it is ${look.seen}.`);
}
