import { z } from "zod";
import { hashBytes } from "../merkle/tree.ts";
import type { BundledValues, BundleHeader } from "./format.ts";

/** A line of a bundle after its first. */
export type BundleLine =
  | { type: "entry"; position: number; check: string; canonical: string }
  | { type: "personal"; position: number; personal: BundledValues }
  | { type: "hash"; from: number; to: number; hash: Buffer };

const position = z.int().min(0);
const header = z.looseObject({
  parapet: z.literal("audit-bundle"),
  v: z.literal(1),
  checkpoint: z.string(),
  size: position,
  about: z.string().exactOptional(),
  madeAt: z.string().exactOptional(),
});
const revealed = z.strictObject({ kind: z.string(), value: z.string(), opening: z.string() });
const personalLine = z.strictObject({ personal: z.record(z.string(), revealed), position });
const hashLine = z.strictObject({ from: position, to: position, hash: z.base64() });

export function parseHeader(line: string): BundleHeader | null {
  return header.safeParse(parseJson(line)).data ?? null;
}

/** An entry's line as it is written and no other way: what stands in it is hashed as it stands. */
const entryLine = /^\{"position":(0|[1-9]\d{0,15}),"check":"([\w-]{11})","entry":(\{.*\})\}$/s;

export function parseLine(line: string): BundleLine | null {
  const [, at, check, canonical] = entryLine.exec(line) ?? [];
  if (at !== undefined && check !== undefined && canonical !== undefined) {
    return { type: "entry", position: Number(at), check, canonical };
  }
  const value = parseJson(line);
  const personal = personalLine.safeParse(value).data;
  if (personal) return { type: "personal", ...personal };
  const told = hashLine.safeParse(value).data;
  const hash = told ? Buffer.from(told.hash, "base64") : null;
  return told && told.to > told.from && hash?.length === hashBytes ? { type: "hash", ...told, hash } : null;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not JSON, so no line of a bundle: the caller says where.
    return undefined;
  }
}
