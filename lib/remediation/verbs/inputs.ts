import { z } from "zod";

export const Id = z.string().min(1).max(80);

/** Why somebody does something; it is kept, and shown to others. */
export const Reason = z
  .string()
  .trim()
  .min(3, "Say why, in three characters or more.")
  .max(2_000, "At most 2,000 characters.");

/** As a plan was read: an edit of what meanwhile changed is noticed. */
export const Revision = z.number().int().positive();

/** A plan's SHA-256, in hex. */
export const PlanHash = z.string().regex(/^[0-9a-f]{64}$/, "It is the hash of the plan that was seen.");
