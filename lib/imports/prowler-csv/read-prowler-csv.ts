import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { z } from "zod";
import { decodeText } from "../decode-text.ts";
import {
  maxRowLength,
  type ReadReport,
  type ReadRow,
  ReportError,
  type ReportFinding,
  type SaidStatus,
} from "../model.ts";
import { joinSubject, peek, RowProblem, readRow } from "../read-rows.ts";
import {
  cloudOf,
  foreignCheckId,
  importedKind,
  kept,
  linkOf,
  loose,
  momentOf,
  needed,
  serviceOfUid,
  severityOf,
  shorten,
  slug,
  spellUid,
  splitPair,
  tagsOf,
  uidProblem,
} from "../row-fields.ts";

/** The columns that are read; Prowler's own have a few more. */
const rowSchema = z.object({
  TIMESTAMP: loose,
  ACCOUNT_UID: needed,
  PROVIDER: needed,
  CHECK_ID: needed,
  CHECK_TITLE: needed,
  STATUS: needed,
  STATUS_EXTENDED: loose,
  MUTED: loose,
  SERVICE_NAME: loose,
  SEVERITY: needed,
  RESOURCE_TYPE: loose,
  RESOURCE_UID: needed,
  RESOURCE_NAME: loose,
  RESOURCE_TAGS: loose,
  REGION: loose,
  DESCRIPTION: loose,
  RISK: loose,
  RELATED_URL: loose,
  REMEDIATION_RECOMMENDATION_TEXT: loose,
  REMEDIATION_RECOMMENDATION_URL: loose,
  PROWLER_VERSION: loose,
});
type Row = z.output<typeof rowSchema>;

/** Without these no row can be taken. */
export const neededColumns = [
  "ACCOUNT_UID",
  "PROVIDER",
  "CHECK_ID",
  "CHECK_TITLE",
  "STATUS",
  "SEVERITY",
  "RESOURCE_UID",
];

const statuses: Readonly<Record<string, SaidStatus>> = {
  PASS: "pass",
  FAIL: "fail",
  MANUAL: "manual",
  MUTED: "muted",
};

/** What Prowler's `-M csv` writes. Rows are numbered as a spreadsheet shows them: the heading is row 1. */
export async function* readProwlerCsv(report: Parameters<ReadReport>[0]): AsyncGenerator<ReadRow> {
  let row = 1;
  for await (const cells of records(decodeText(report.open()))) {
    row += 1;
    yield readRow(row, cells, rowSchema, nameRow, (given) => {
      report.named(shorten(`Prowler ${given.PROWLER_VERSION}`, 100));
      return takeRow(given);
    });
  }
}

const nameRow = (raw: unknown): string => joinSubject(peek(raw, "CHECK_ID"), peek(raw, "RESOURCE_UID"));

/** Records as objects by the heading's names. */
async function* records(text: AsyncIterable<string>): AsyncGenerator<Record<string, string>> {
  const { delimiter, whole } = await peekDelimiter(text);
  const parser = parse({
    delimiter,
    columns: nameColumns,
    relax_column_count: true,
    // A quote within an unquoted cell is part of it.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
  });
  const source = Readable.from(whole);
  // A pipe would swallow what goes wrong with the source.
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const record of parser) yield record;
  } catch (cause) {
    throw explainCsv(cause);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const delimiters = [";", ",", "\t"] as const;

/** What separates the heading's cells: Prowler writes `;`, and a spreadsheet that saved it again may have chosen another. */
async function peekDelimiter(
  text: AsyncIterable<string>,
): Promise<{ delimiter: string; whole: AsyncIterable<string> }> {
  const pieces = text[Symbol.asyncIterator]();
  let head = "";
  while (!head.trimStart().includes("\n") && head.length < maxRowLength) {
    const next = await pieces.next();
    if (next.done) break;
    head += next.value;
  }
  const [heading = ""] = head.trimStart().split(/\r?\n/, 1);
  const count = (delimiter: string) => heading.split(delimiter).length;
  const delimiter = [...delimiters].sort((a, b) => count(b) - count(a))[0] ?? ";";
  const rest = { [Symbol.asyncIterator]: () => pieces };
  return {
    delimiter,
    whole: (async function* () {
      yield head;
      yield* rest;
    })(),
  };
}

function nameColumns(heading: readonly string[]): string[] {
  const names = heading.map((cell) => cell.trim().toUpperCase());
  const missing = neededColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new ReportError(
      `The heading lacks ${missing.join(", ")}; it begins with ${shorten(heading.slice(0, 5).join(", "), 120)}.`,
    );
  }
  return names;
}

const csvProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "The file ends too early: a quoted cell is not closed.",
  CSV_INVALID_CLOSING_QUOTE: "The file is not valid CSV: something stands behind a cell's closing quote.",
  CSV_MAX_RECORD_SIZE: "A row has more than 1,000,000 characters, or a quote is not closed.",
};

function explainCsv(error: unknown): unknown {
  if (error instanceof ReportError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!code.startsWith("CSV_")) return error;
  return new ReportError(csvProblems[code] ?? "The file is not valid CSV.", { cause: error });
}

function takeRow(row: Row): ReportFinding {
  const status = statuses[row.STATUS.trim().toUpperCase()];
  if (!status) throw new RowProblem(`STATUS is none of PASS, FAIL and MANUAL: ${shorten(row.STATUS, 60)}.`);
  const severity = severityOf(row.SEVERITY);
  if (!severity) throw new RowProblem(`SEVERITY is none that Parapet knows: ${shorten(row.SEVERITY, 60)}.`);
  const cloud = cloudOf(row.PROVIDER);
  if (!cloud) throw new RowProblem(`Parapet has no accounts of the provider ${shorten(row.PROVIDER, 60)}.`);
  const uid = spellUid(row.RESOURCE_UID);
  const problem = uidProblem(uid);
  if (problem) throw new RowProblem(problem);
  const name = row.CHECK_ID.trim();
  const isMuted = status === "fail" && row.MUTED.trim().toLowerCase() === "true";
  return {
    account: { externalId: row.ACCOUNT_UID.trim(), cloud },
    check: {
      id: foreignCheckId("prowler", name),
      name,
      source: "prowler",
      title: shorten(row.CHECK_TITLE, kept.title),
      severity,
      risk: shorten(row.RISK || row.DESCRIPTION, kept.text),
      remediation: shorten(row.REMEDIATION_RECOMMENDATION_TEXT, kept.text),
      url: linkOf(row.REMEDIATION_RECOMMENDATION_URL, row.RELATED_URL),
    },
    status: isMuted ? "muted" : status,
    resource: {
      uid,
      name: shorten(row.RESOURCE_NAME || uid, kept.name),
      kind: importedKind(row.RESOURCE_TYPE),
      service: slug(row.SERVICE_NAME, serviceOfUid(uid) ?? "other"),
      region: slug(row.REGION, "global", kept.region),
      tags: tagsOf(
        row.RESOURCE_TAGS.split("|")
          .filter((tag) => tag.trim() !== "")
          .map((tag) => splitPair(tag.trim(), "=")),
      ),
    },
    reason: shorten(row.STATUS_EXTENDED || row.CHECK_TITLE, kept.reason),
    observedAt: momentOf(row.TIMESTAMP) ?? null,
  };
}
