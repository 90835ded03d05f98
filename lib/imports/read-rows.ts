import type { z } from "zod";
import { decodeText } from "./decode-text.ts";
import { type ElementPath, readElements } from "./json/read-elements.ts";
import { maxRowLength, type ReadRow, type Report, type ReportFinding } from "./model.ts";
import { explainIssues, shorten } from "./row-fields.ts";

/** A row can't be taken for a reason that its reader saw; the message is for the user. */
export class RowProblem extends Error {
  override readonly name = "RowProblem";
}

/**
 * Turns one raw row into a finding or a reason why not.
 *
 * @param subjectOf Names the raw row as far as it can be told.
 */
export function readRow<S extends z.ZodType>(
  row: number,
  raw: unknown,
  schema: S,
  subjectOf: (raw: unknown) => string,
  convert: (row: z.output<S>) => ReportFinding,
): ReadRow {
  const subject = shorten(subjectOf(raw), 300);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { row, subject, reason: explainIssues(parsed.error) };
  try {
    const finding = convert(parsed.data);
    return { row, subject: shorten(`${finding.check.name} · ${finding.resource.uid}`, 300), finding };
  } catch (error) {
    if (error instanceof RowProblem) return { row, subject, reason: error.message };
    throw error;
  }
}

/** Why a row that is longer than is read is rejected. */
export const tooLongReason = `The row has more than ${maxRowLength.toLocaleString("en-GB")} characters.`;

/** Reads a JSON array, at the root or in one named member of the root, with an element to each row. */
export async function* readJsonRows<S extends z.ZodType>(
  report: Report,
  member: string | null,
  schema: S,
  subjectOf: (raw: unknown) => string,
  convert: (row: z.output<S>) => ReportFinding,
): AsyncGenerator<ReadRow> {
  const isRow = (path: ElementPath): boolean =>
    (path.length === 1 && path[0] === "*") ||
    (path.length === 2 && member !== null && path[0] === member && path[1] === "*");
  let row = 0;
  for await (const { value, tooLong } of readElements(decodeText(report.open()), isRow)) {
    row += 1;
    yield tooLong
      ? { row, subject: "", reason: tooLongReason }
      : readRow(row, value, schema, subjectOf, convert);
  }
}

/** A member of what may or may not be an object, as a text; for naming rows that are not what they should be. */
export function peek(raw: unknown, ...path: readonly (string | number)[]): string {
  let at: unknown = raw;
  for (const step of path) {
    at = typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return typeof at === "string" ? at : "";
}

/** The parts that say something, as one line. */
export const joinSubject = (...parts: readonly string[]): string => parts.filter(Boolean).join(" · ");
