import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import type { Store } from "#db/client.ts";
import { canonicalJson } from "../../canonical-json.ts";
import type { Commitment, PersonalKind } from "./commitment.ts";
import { close, type Subject, type SubjectRef, subjectsOf } from "./subjects.ts";

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

/** The entry that a value is in. */
type About = { organisationId: string; objectKind: string; objectId: string; actorUserId: string | null };

/**
 * The value as plain, well-formed JSON where it holds no personal data, as most don't; else `null`. Without a promise for
 * each field: every act of the product pays for this.
 */
export function withoutPersonal(
  about: { objectKind: string },
  value: Record<string, unknown>,
): Record<string, unknown> | null {
  const found = Symbol("personal");
  const walk = (field: string, each: unknown): unknown => {
    if (typeof each === "string") {
      const text = each.toWellFormed();
      return text.length <= 320 && personalKind(about.objectKind, field, text) ? found : text;
    }
    if (each instanceof Date) return each.toJSON();
    if (typeof each !== "object" || each === null) return each;
    if (Array.isArray(each)) {
      const items = each.map((item) => walk(field, item));
      return items.includes(found) ? found : items;
    }
    return inside(each) ?? found;
  };
  const inside = (object: object): Record<string, unknown> | null => {
    const plain: [string, unknown][] = [];
    for (const [key, each] of Object.entries(object)) {
      const name = key.toWellFormed();
      const said = walk(name, each);
      if (said === found) return null;
      plain.push([name, said]);
    }
    return Object.fromEntries(plain);
  };
  return inside(value);
}

/**
 * Puts commitments where personal data stands, at any depth. `personal` receives what they stand for, encrypted under its
 * subject's key. Data of a subject who was erased is dropped. Returns plain JSON that is well-formed.
 */
export async function conceal(
  tx: Store,
  about: About,
  value: Record<string, unknown>,
  personal: Record<string, string>,
): Promise<Record<string, unknown>> {
  const refs: SubjectRef[] = [];
  const plain = members(value, (field, text) => {
    const kind = text.length > 320 ? null : personalKind(about.objectKind, field, text);
    if (!kind) return text;
    const ref = whose(about, field, kind, text);
    refs.push(ref);
    return new Personal(kind, text, ref);
  });
  if (refs.length === 0) return plain;
  const subjects = await subjectsOf(tx, about.organisationId, refs);
  const committed = (each: unknown): unknown => {
    if (each instanceof Personal) return each.commit(subjects(each.ref), personal);
    if (Array.isArray(each)) return each.map(committed);
    return typeof each === "object" && each !== null ? mapMembers(each, committed) : each;
  };
  return mapMembers(plain, committed);
}

/** A value on its way to its commitment. */
class Personal {
  readonly kind: PersonalKind;
  readonly text: string;
  readonly ref: SubjectRef;

  constructor(kind: PersonalKind, text: string, ref: SubjectRef) {
    this.kind = kind;
    this.text = text;
    this.ref = ref;
  }

  commit({ id, key }: Subject, personal: Record<string, string>): Commitment {
    if (!key) return { personal: this.kind, of: id, commitment: "erased" };
    const { commitment } = commit(key, this.kind, this.text);
    personal[commitment] = close(Buffer.from(this.text), key, commitment).toString("base64url");
    return { personal: this.kind, of: id, commitment };
  }
}

/** Plain JSON with every text put through `tell`, whose field is the nearest key above it. */
function members(object: object, tell: (field: string, text: string) => unknown): Record<string, unknown> {
  const walk = (field: string, each: unknown): unknown => {
    // Half of a surrogate pair is nothing that UTF-8 or RFC 8785 could say.
    if (typeof each === "string") return tell(field, each.toWellFormed());
    if (each instanceof Date) return each.toJSON();
    if (Array.isArray(each)) return each.map((item) => walk(field, item));
    return typeof each === "object" && each !== null ? members(each, tell) : each;
  };
  return Object.fromEntries(
    Object.entries(object).map(([key, each]) => [key.toWellFormed(), walk(key, each)]),
  );
}

const mapMembers = (object: object, by: (each: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).map(([key, each]) => [key, by(each)]));

/** A user's own data is the user's; an address that somebody came from is theirs. Any other belongs to itself alone. */
function whose(about: About, field: string, kind: PersonalKind, text: string): SubjectRef {
  if (kind === "ip") {
    const theirs = field === "address" || field === "ip" ? about.actorUserId : null;
    return theirs === null ? { value: text } : { user: theirs };
  }
  return about.objectKind === "user" && about.objectId !== "unknown"
    ? { user: about.objectId }
    : { value: text };
}

/**
 * What binds an entry to a value without telling it. `opening`, told with the value, shows to anybody that the
 * commitment is to that value, and tells nothing of the subject's other values:
 * opening = HMAC-SHA-256(key, canonical ["opening", kind, value]), commitment = HMAC-SHA-256(opening, canonical
 * [kind, value]), both base64url.
 */
export function commit(
  key: Uint8Array,
  kind: PersonalKind,
  value: string,
): { commitment: string; opening: string } {
  const opening = createHmac("sha256", key)
    .update(canonicalJson(["opening", kind, value]))
    .digest("base64url");
  return { commitment: commitmentOf(opening, kind, value), opening };
}

/** The commitment that `opening` opens: for whoever was told a value and checks it. */
export const commitmentOf = (opening: string, kind: PersonalKind, value: string): string =>
  createHmac("sha256", Buffer.from(opening, "base64url"))
    .update(canonicalJson([kind, value]))
    .digest("base64url");
