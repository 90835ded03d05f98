import { z } from "zod";
import { severities } from "../../checks/model.ts";
import { clouds } from "../../inventory/model.ts";

const Counts = z
  .object({ pass: z.int(), fail: z.int(), unknown: z.int(), manual: z.int() })
  .describe("How many resources have each verdict.");

const Control = z.object({ framework: z.string(), version: z.string(), id: z.string() });

export const Check = z
  .object({
    id: z.string(),
    title: z.string(),
    cloud: z.enum(clouds),
    service: z.string(),
    severity: z.enum(severities),
    resource: z.string().describe("The kind of resource that it judges."),
    counts: Counts,
  })
  .meta({ id: "Check" });

export const CheckDetail = Check.extend({
  context: z.array(z.string()).describe("Other kinds that it reads."),
  dependsOnTime: z.boolean(),
  permissions: z.array(z.string()),
  risk: z.string(),
  remediation: z.object({
    text: z.string(),
    url: z.string(),
    console: z.array(z.string()),
    cli: z.string().nullable(),
    terraform: z.string().nullable(),
  }),
  controls: z.array(Control),
}).meta({ id: "CheckDetail" });
