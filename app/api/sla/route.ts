import { z } from "zod";
import { database } from "#db/client.ts";
import { previewSlaDays } from "#db/triage/sla-preview.ts";
import { SetSlaPolicyInput } from "#lib/findings/set-sla-policy.ts";
import { parseInput } from "#lib/mutation.ts";
import { answerRead } from "../answer.ts";

const Days = SetSlaPolicyInput.shape.days;
/** `?critical=7&high=30`; a severity that is left out has no such time. */
const Query = z.object({
  critical: z.coerce.number().nullable().default(null),
  high: z.coerce.number().nullable().default(null),
  medium: z.coerce.number().nullable().default(null),
  low: z.coerce.number().nullable().default(null),
  info: z.coerce.number().nullable().default(null),
});

/** What such days would come to, by severity. */
export const GET = (request: Request): Promise<Response> =>
  answerRead((scope) => {
    const asked = parseInput(Query, Object.fromEntries(new URL(request.url).searchParams));
    return previewSlaDays(database().db, scope, parseInput(Days, asked));
  });
