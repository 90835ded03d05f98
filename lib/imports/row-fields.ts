import { createHash } from "node:crypto";
import { z } from "zod";
import { withoutNul } from "#db/insert-rows.ts";
import type { Severity } from "#lib/checks/model.ts";
import { armId } from "#lib/inventory/azure/arm.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import type { ForeignCheck } from "./model.ts";

/** Characters kept of each field. What is longer is cut, since the row is still worth having. */
export const kept = {
  title: 300,
  reason: 2_000,
  text: 4_000,
  url: 2_000,
  name: 300,
  region: 64,
  service: 64,
};

/** Bytes of a resource's id, which an index has to hold; one that is longer can't be cut, for it would be another's. */
export const maxUidBytes = 1_800;

/** As much of a text as is kept, in a form that PostgreSQL takes. */
export const shorten = (text: string, length: number): string => {
  const clean = withoutNul(text.trim());
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).toWellFormed()}…`;
};

/** A text or nothing; a number counts as its text, since tools are loose about it. */
export const loose = z
  .union([z.string(), z.number().transform(String), z.null()])
  .optional()
  .transform((value) => value ?? "");

/** A text that has to say something. */
export const needed = z.string("is missing").refine((value) => value.trim() !== "", "is empty");

/** An address that a page may link to, or an empty text. */
export function linkOf(...candidates: readonly (string | undefined)[]): string {
  for (const text of candidates) {
    const trimmed = text?.trim() ?? "";
    if (trimmed.length > kept.url || !URL.canParse(trimmed)) continue;
    const { protocol, href } = new URL(trimmed);
    if (protocol === "https:" || protocol === "http:") return href.slice(0, kept.url);
  }
  return "";
}

const severityWords = new Map<string, Severity>([
  ["critical", "critical"],
  ["fatal", "critical"],
  ["high", "high"],
  ["medium", "medium"],
  ["moderate", "medium"],
  ["low", "low"],
  ["info", "info"],
  ["informational", "info"],
  ["unknown", "info"],
]);

/** Undefined for a word that is no severity. */
export const severityOf = (word: string): Severity | undefined =>
  severityWords.get(word.trim().toLowerCase());

/** Undefined for a cloud that Parapet doesn't know. */
export const cloudOf = (word: string): Cloud | undefined =>
  clouds.find((cloud) => cloud === word.trim().toLowerCase());

const maxIdLength = 150;

/**
 * The id that findings carry of another tool's check: its own, in characters that fit an address. Where that changes it,
 * some of its hash keeps it apart from any other.
 */
export function foreignCheckId(source: ForeignCheck["source"], ...parts: readonly string[]): string {
  const written = parts.map((part) => withoutNul(part.trim())).join(".");
  const plain = written.replace(/[^A-Za-z0-9._-]+/g, "-");
  if (plain === written && plain.length <= maxIdLength) return `${source}.${plain}`;
  const hash = createHash("sha256").update(written).digest("hex").slice(0, 8);
  return `${source}.${plain.slice(0, maxIdLength)}-${hash}`;
}

/** `AwsS3Bucket` and `AWS::S3::Bucket` become `imported.aws-s3-bucket`. */
export function importedKind(providerKind: string): string {
  // Cut first: trimming dashes off a row of a million would take hours.
  const words = providerKind
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `imported.${words.slice(0, 60) || "other"}`;
}

/** A short lower-case word such as a service's name or a region; `fallback` when there is none. */
export function slug(text: string, fallback: string, length = kept.service): string {
  const words = text
    .trim()
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return words.slice(0, length) || fallback;
}

/** The service that an AWS resource name, an ARM id or a Google Cloud resource name tells of, if any. */
export function serviceOfUid(uid: string): string | undefined {
  const arn = /^arn:[a-z-]+:([a-z0-9-]+):/.exec(uid)?.[1];
  if (arn) return arn;
  const arm = /\/providers\/microsoft\.([a-z0-9]+)\//i.exec(uid)?.[1];
  if (arm) return arm.toLowerCase();
  return /^\/\/([a-z0-9-]+)\.googleapis\.com\//.exec(uid)?.[1];
}

/** At most fifty tags, each shortened. */
export function tagsOf(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (tags.size >= 50) break;
    const name = shorten(key, 128);
    if (name) tags.set(name, shorten(value, 256));
  }
  return Object.fromEntries(tags);
}

/** `a=b`, split at the first separator. */
export function splitPair(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at).trim(), text.slice(at + separator.length).trim()];
}

/** A moment from ISO 8601 text, taken as UTC where it names no zone, or from seconds; undefined if it is neither. */
export function momentOf(value: string | number): Date | undefined {
  const ms =
    typeof value === "number" ? value * (value > 1e11 ? 1 : 1000) : Date.parse(withZone(value.trim()));
  // What PostgreSQL and people alike take for a date of a report.
  return ms > 0 && ms < 4_102_444_800_000 ? new Date(ms) : undefined;
}

const withZone = (text: string): string =>
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text.replace(" ", "T")}Z` : text;

/** The first few of zod's complaints in one sentence, such as `metadata.event_code is missing.` */
export function explainIssues(error: z.ZodError): string {
  const named = error.issues.slice(0, 3).map(({ path, message }) => {
    const field = path.join(".") || "the row";
    return `${field} ${message.startsWith("is ") ? message : `is not as it should be (${message})`}`;
  });
  return `${shorten(named.join("; "), 500)}.`;
}

/** A resource's id as the inventory spells it, whole: services of Azure differ in the case of its fixed words. */
export function spellUid(uid: string): string {
  const clean = shorten(uid, Number.POSITIVE_INFINITY);
  return /^\/subscriptions\/[^/]/i.test(clean) ? armId(clean) : clean;
}

/** Undefined when the id is fit for the inventory, else why not. */
export function uidProblem(uid: string): string | undefined {
  if (uid === "") return "The row names no resource.";
  const bytes = Buffer.byteLength(uid);
  return bytes > maxUidBytes
    ? `The resource's id has ${bytes} bytes; ${maxUidBytes} are the most.`
    : undefined;
}
