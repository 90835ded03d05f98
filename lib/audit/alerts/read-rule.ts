import { z } from "zod";
import { EntryMatch } from "../match.ts";

/** Which entries count; with every list but `results` empty, all that were refused or failed. */
export const AlertMatchInput = EntryMatch.extend({
  results: z
    .array(z.enum(["refused", "failed"]))
    .min(1, "Choose what counts: what failed, what was refused, or both.")
    .max(2)
    .default(["refused", "failed"]),
});

/** What is kept of a match; what an older version of it lacks is filled in. */
export const readMatch = (stored: unknown): z.output<typeof AlertMatchInput> =>
  AlertMatchInput.parse(stored ?? {});
