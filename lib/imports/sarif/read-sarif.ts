import { decodeText } from "../decode-text.ts";
import { readElements } from "../json/read-elements.ts";
import type { ReadReport, ReadRow } from "../model.ts";
import { joinSubject, peek, readRow, tooLongReason } from "../read-rows.ts";
import { shorten } from "../row-fields.ts";
import { readRuns } from "./sarif-runs.ts";
import { resultSchema, takeResult } from "./take-result.ts";

/**
 * A SARIF 2.1.0 log of any tool. It is read twice: first for rules and files, which may stand behind the results that
 * refer to them. Rows are numbered through all runs.
 */
export const readSarif: ReadReport = async function* (report): AsyncGenerator<ReadRow> {
  const runs = await readRuns(report);
  const tools = runs.map(({ tool, version }) => `${tool} ${version}`.trim()).filter(Boolean);
  if (tools.length > 0) report.named(shorten([...new Set(tools)].join(", "), 100));
  let row = 0;
  const results = readElements(decodeText(report.open()), (path) => path.join(".") === "runs.*.results.*");
  for await (const { places, value, tooLong } of results) {
    row += 1;
    const run = runs[places[0] ?? 0];
    if (tooLong) yield { row, subject: "", reason: tooLongReason };
    else if (!run?.tool) yield { row, subject: nameResult(value), reason: "Its run doesn't name the tool." };
    else yield readRow(row, value, resultSchema, nameResult, (result) => takeResult(run, result));
  }
};

const nameResult = (raw: unknown): string =>
  joinSubject(
    peek(raw, "ruleId"),
    peek(raw, "locations", 0, "physicalLocation", "artifactLocation", "uri") || peek(raw, "message", "text"),
  );
