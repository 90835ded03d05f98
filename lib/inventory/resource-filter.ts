import { z } from "zod";
import { clouds } from "./model.ts";

const some = <T extends z.ZodType>(one: T) => z.array(one).max(100).default([]);
const word = z.string().max(300);

/**
 * Which resources are asked for. Within one list any value will do, and every list must be met, but that every tag must
 * be there; an empty list asks for all.
 */
export const ResourceFilterInput = z.strictObject({
  clouds: some(z.enum(clouds)),
  accountIds: some(word),
  regions: some(word),
  services: some(word),
  kinds: some(word),
  /** A key alone asks for resources that have it, whatever its value. */
  tags: z
    .array(z.strictObject({ key: z.string().min(1).max(300), value: z.string().max(1_000).optional() }))
    .max(20)
    .default([]),
  /** By their tags; an empty string asks for resources that name no owner. */
  owners: some(word),
  /** Part of the name or of the provider's id. */
  text: z.string().trim().max(200).default(""),
  presence: z.enum(["present", "gone", "all"]).default("present"),
  /** Only those with an open finding. */
  withFindings: z.boolean().default(false),
});
export type ResourceFilter = z.output<typeof ResourceFilterInput>;

/** A filter that asks for everything present, with some of it changed. */
export const resourceFilter = (changes: Partial<ResourceFilter> = {}): ResourceFilter => ({
  ...ResourceFilterInput.parse({}),
  ...changes,
});
