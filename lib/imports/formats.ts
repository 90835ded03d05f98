import type { ImportFormat } from "#db/imports/schema.ts";
import { readAsff } from "./asff/read-asff.ts";
import type { ReadReport } from "./model.ts";
import { readProwlerCsv } from "./prowler-csv/read-prowler-csv.ts";
import { readProwlerOcsf } from "./prowler-ocsf/read-prowler-ocsf.ts";
import { readSarif } from "./sarif/read-sarif.ts";

/** How each format is read. */
export const readers: Readonly<Record<ImportFormat, ReadReport>> = {
  prowler_ocsf: readProwlerOcsf,
  prowler_csv: readProwlerCsv,
  asff: readAsff,
  sarif: readSarif,
};
