import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import type { Transaction } from "#db/client.ts";
import { canonicalJson } from "../../canonical-json.ts";
import { close, type SubjectRef, subjectOf } from "./subjects.ts";

/** What personal data a field holds. */
export type PersonalKind = "email" | "phone" | "name" | "address" | "ip" | "national-id";

/** What stands in an entry where personal data was. */
export type Commitment = {
  personal: PersonalKind;
  /** The subject's id. */
  of: string;
  /** HMAC-SHA-256 of kind and value under the subject's key, base64url; `erased` of who was erased before. */
  commitment: string;
};

/** Fields that hold personal data wherever they stand. */
const fields: Readonly<Record<string, PersonalKind>> = {
  email: "email",
  mail: "email",
  phone: "phone",
  telephone: "phone",
  ip: "ip",
  postalAddress: "address",
  nationalId: "national-id",
};

const email = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** What kind of personal data a value is, by its field's name and by itself; `null` when it is none. */
export function personalKind(objectKind: string, field: string, value: string): PersonalKind | null {
  if (isIP(value) !== 0) return "ip";
  if (email.test(value)) return "email";
  if (objectKind === "user" && field === "name") return "name";
  // A network's address is told by itself; any other is where somebody lives.
  if (field === "address") return objectKind === "user" ? "address" : null;
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

/**
 * Puts commitments where personal data stands, at any depth. `personal` receives what they stand for, encrypted under its
 * subject's key. Data of a subject who was erased is dropped. Returns plain JSON that is well-formed.
 */
export async function conceal(
  tx: Transaction,
  about: { organisationId: string; objectKind: string; objectId: string; actorUserId: string | null },
  value: Record<string, unknown>,
  personal: Record<string, string>,
): Promise<Record<string, unknown>> {
  const walk = async (field: string, each: unknown): Promise<unknown> => {
    if (typeof each === "string") {
      // Half of a surrogate pair is nothing that UTF-8 or RFC 8785 could say.
      const text = each.toWellFormed();
      const kind = text.length > 320 ? null : personalKind(about.objectKind, field, text);
      return kind ? commit(kind, text) : text;
    }
    if (each instanceof Date) return each.toJSON();
    if (Array.isArray(each)) return inTurn(each, (item) => walk(field, item));
    return typeof each === "object" && each !== null ? inside(each) : each;
  };
  const inside = async (object: object): Promise<Record<string, unknown>> => {
    const members = Object.entries(object).map(([key, each]) => [key.toWellFormed(), each] as const);
    const values = await inTurn(members, ([key, each]) => walk(key, each));
    return Object.fromEntries(members.map(([key], at) => [key, values[at]]));
  };
  const commit = async (kind: PersonalKind, text: string): Promise<Commitment> => {
    const subject = await subjectOf(tx, about.organisationId, whose(kind, text));
    if (!subject.key) return { personal: kind, of: subject.id, commitment: "erased" };
    const commitment = commitmentOf(subject.key, kind, text);
    personal[commitment] = close(Buffer.from(text), subject.key, commitment).toString("base64url");
    return { personal: kind, of: subject.id, commitment };
  };
  const whose = (kind: PersonalKind, text: string): SubjectRef => {
    if (about.objectKind === "user" && kind !== "ip" && about.objectId !== "unknown")
      return { user: about.objectId };
    if (kind === "ip" && about.actorUserId !== null) return { user: about.actorUserId };
    return { value: text };
  };
  return inside(value);
}

/** What binds an entry to a value without telling it: only who has the subject's key can try values. */
export const commitmentOf = (key: Uint8Array, kind: PersonalKind, value: string): string =>
  createHmac("sha256", key)
    .update(canonicalJson([kind, value]))
    .digest("base64url");

/** One after another: they share a transaction's connection, and subjects are locked in one order. */
async function inTurn<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}
