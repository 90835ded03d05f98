import { z } from "zod";

/** `before` is the id of the last scan on the page above. */
const scansSearch = z.object({ before: z.string().min(1).max(80).optional().catch(undefined) });

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseScansSearch = (raw: RawSearch) => scansSearch.parse({ before: raw.before });
