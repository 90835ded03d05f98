import { z } from "zod";

const row = z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined);

/** `before` is the id of the last import on the page above. */
const importsSearch = z.object({ before: z.string().min(1).max(80).optional().catch(undefined) });

/** Of each list the row after which it goes on. */
const importSearch = z.object({ rejected: row, differing: row, agreeing: row });

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseImportsSearch = (raw: RawSearch) => importsSearch.parse({ before: raw.before });
export const parseImportSearch = ({ rejected, differing, agreeing }: RawSearch) =>
  importSearch.parse({ rejected, differing, agreeing });
