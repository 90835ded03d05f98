import { z } from "zod";
import { clouds } from "#lib/inventory/model.ts";
import cisAws70 from "./frameworks/cis-aws-7.0.json" with { type: "json" };
import cisAzure60 from "./frameworks/cis-azure-6.0.json" with { type: "json" };
import cisGcp50 from "./frameworks/cis-gcp-5.0.json" with { type: "json" };

export const controlSchema = z.strictObject({
  /** The framework's own number, such as `3.1.4`. */
  id: z.string().regex(/^\d+(\.\d+)*$/),
  section: z.string().min(1),
  /** In our own words: the framework's texts are its publisher's. */
  title: z.string().min(1).max(80),
  level: z.union([z.literal(1), z.literal(2)]),
  /** How the framework says that it is judged. */
  assessment: z.enum(["automated", "manual"]),
  /** Ids of the checks that judge it; empty where none does. */
  checks: z.array(z.string()),
});

export const frameworkSchema = z.strictObject({
  framework: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().regex(/^\d+(\.\d+)*$/),
  name: z.string().min(1),
  cloud: z.enum(clouds),
  source: z.url({ protocol: /^https$/ }),
  controls: z.array(controlSchema).min(1),
});

export type Control = z.infer<typeof controlSchema>;
export type Framework = z.infer<typeof frameworkSchema>;
/** Where a check counts in a framework. */
export type ControlReference = { framework: string; version: string; id: string };

/** Every framework, in the order of display. Data that isn't shaped as it should be throws when this module is loaded. */
export const frameworks: readonly Framework[] = [cisAws70, cisAzure60, cisGcp50].map((data) =>
  frameworkSchema.parse(data),
);

const controlsByCheck = new Map<string, ControlReference[]>();
for (const { framework, version, controls } of frameworks)
  for (const { id, checks } of controls)
    for (const check of checks)
      controlsByCheck.set(check, [...(controlsByCheck.get(check) ?? []), { framework, version, id }]);

/** The controls that a check counts towards, such as `{ framework: "cis-aws", version: "7.0", id: "3.1.4" }`. */
export function controlsOf(checkId: string): readonly ControlReference[] {
  return controlsByCheck.get(checkId) ?? [];
}
