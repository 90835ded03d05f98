import { z } from "zod";
import { severities } from "../../checks/model.ts";
import { Moment } from "./common.ts";

const days = z.int().nullable().describe("Null for no such time.");
type DaysShape = Record<(typeof severities)[number], typeof days>;

export const SlaPolicy = z
  .object({
    days: z.object(Object.fromEntries(severities.map((severity) => [severity, days])) as DaysShape),
    revision: z.int().describe("0 while the organisation has set no policy of its own."),
    updatedAt: Moment.nullable(),
  })
  .meta({ id: "SlaPolicy" });
