import { z } from "zod";
import { severities } from "../../checks/model.ts";

/** A moment of an answer: ISO 8601, in UTC. */
export const Moment = z.iso.datetime();

/** Something's public id, such as `fnd_…`. */
export const Id = z.string().min(1).max(80);

export const Person = z.object({ id: z.string(), name: z.string() }).meta({ id: "Person" });

export const SeverityCounts = z
  .object(Object.fromEntries(severities.map((severity) => [severity, z.int()])) as SeverityShape)
  .meta({ id: "SeverityCounts" });
type SeverityShape = Record<(typeof severities)[number], z.ZodInt>;

/** How many things one page holds. */
export const Limit = z.coerce
  .number("It is a whole number from 1 to 500.")
  .int("It is a whole number from 1 to 500.")
  .min(1, "It is a whole number from 1 to 500.")
  .max(500, "It is a whole number from 1 to 500.")
  .default(100)
  .describe("How many at most.");

/** Where the page begins: `next` of the page before. */
export const After = z
  .string()
  .min(1)
  .max(1_000)
  .optional()
  .describe("Where to go on: `next` of the page before. Keep the other parameters as they were.");

/** A page of things; `next` is null at the end. */
export const pageOf = <T extends z.ZodType>(one: T) =>
  z.object({
    data: z.array(one),
    next: z.string().nullable().describe("For `after` of the next page; null at the end."),
  });

export const Revision = z.int().min(1).describe("As it was read; another one is a conflict.");
