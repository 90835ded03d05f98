import { z } from "zod";
import { rangeOf } from "#lib/checks/ip-ranges.ts";

/** A CIDR as Google takes it, such as `203.0.113.0/24`: nothing is set behind its length. */
const Cidr = z
  .string()
  .trim()
  .max(50)
  .refine((text) => startOf(text) !== null, "A range of addresses looks like 203.0.113.0/24.");

/** Sources that stay let in. */
export const Exceptions = z.array(Cidr).max(100).default([]);

/** The pattern of a playbook's parameter for such ranges; what it lets through is looked at again when planning. */
export const cidrPattern = "[0-9a-fA-F:.]+/[0-9]{1,3}";

function startOf(cidr: string): bigint | null {
  const [range] = rangeOf(cidr);
  const [alone] = rangeOf(cidr.replace(/\/\d+$/, cidr.includes(":") ? "/128" : "/32"));
  return range && alone && range[0] === alone[0] ? range[0] : null;
}
