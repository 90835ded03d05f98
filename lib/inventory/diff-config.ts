/** The contents of a resource at one time. */
export type Contents = {
  region: string;
  name: string;
  tags: Record<string, string>;
  config: Record<string, unknown>;
  /** Fields of `config` that could not be read then. */
  unread: string[];
};

/** A step into a configuration: a field, or the element of a list that a field of its own tells apart. */
export type PathStep = { field: string } | { element: string };

/**
 * One thing that differs. `unread`: it could not be read any more, so nothing is known of it; `read`: it can be read
 * again. `reordered`: a list holds the same as before in another order.
 */
export type ConfigChange = {
  path: PathStep[];
  kind: "changed" | "added" | "removed" | "unread" | "read" | "reordered";
  /** What it was; undefined for what was not there. */
  before: unknown;
  after: unknown;
};

/** The changes of an enormous rewrite beyond this many are not worked out. */
const mostChanges = 500;
/** Elements of a list that are compared with each other when nothing tells them apart. */
const mostCompared = 200;

/**
 * What changed between two contents, in the order in which they are read. Elements of lists are matched by what tells
 * them apart (an id, a name, a key), then by being alike, and never by their place.
 */
export function diffContents(before: Contents, after: Contents): { changes: ConfigChange[]; more: boolean } {
  const diff = new Diff();
  for (const field of ["name", "region"] as const) {
    diff.compare([{ field }], before[field], after[field]);
  }
  diff.compare([{ field: "tags" }], before.tags, after.tags);
  const [unreadBefore, unreadAfter] = [new Set(before.unread), new Set(after.unread)];
  for (const field of keysOf(before.config, after.config)) {
    const path = [{ field }];
    const [was, is] = [before.config[field], after.config[field]];
    // What could not be read is absent too, and that says nothing of it.
    if (is === undefined && unreadAfter.has(field))
      diff.add({ path, kind: "unread", before: was, after: undefined });
    else if (was === undefined && unreadBefore.has(field)) {
      diff.add({ path, kind: "read", before: undefined, after: is });
    } else diff.compare(path, was, is);
  }
  return { changes: diff.changes, more: diff.more };
}

class Diff {
  readonly changes: ConfigChange[] = [];
  more = false;

  add(change: ConfigChange): void {
    if (this.changes.length < mostChanges) this.changes.push(change);
    else this.more = true;
  }

  compare(path: PathStep[], before: unknown, after: unknown): void {
    if (same(before, after)) return;
    if (before === undefined) this.add({ path, kind: "added", before, after });
    else if (after === undefined) this.add({ path, kind: "removed", before, after });
    else if (isRecord(before) && isRecord(after)) {
      for (const field of keysOf(before, after)) {
        this.compare([...path, { field }], before[field], after[field]);
      }
    } else if (Array.isArray(before) && Array.isArray(after)) this.compareLists(path, before, after);
    else this.add({ path, kind: "changed", before, after });
  }

  compareLists(path: PathStep[], before: readonly unknown[], after: readonly unknown[]): void {
    const pairs = matchElements(before, after);
    if (pairs.every(([was, is]) => same(was, is))) {
      this.add({ path, kind: "reordered", before, after });
      return;
    }
    for (const [was, is] of pairs) {
      const element = elementWord(is ?? was);
      // The path names a plain value by itself, so it would be said twice.
      const at = isRecord(is ?? was) || Array.isArray(is ?? was) ? [...path, { element }] : path;
      this.compare(at, was, is);
    }
  }
}

type Pair = readonly [before: unknown, after: unknown];

/** Which element of one list is which of the other; undefined for one that is only in the other. */
function matchElements(before: readonly unknown[], after: readonly unknown[]): Pair[] {
  const key = identityOf(before, after);
  const restAfter = new Set(after.keys());
  const partner = new Map<number, number>();
  const take = (from: number, to: number) => {
    partner.set(from, to);
    restAfter.delete(to);
  };
  const wordOf = (each: unknown) => (key && isRecord(each) ? `k${String(each[key])}` : canonical(each));
  const places = new Map<string, number[]>();
  after.forEach((each, at) => {
    const word = wordOf(each);
    places.set(word, [...(places.get(word) ?? []), at]);
  });
  before.forEach((each, at) => {
    const to = places.get(wordOf(each))?.shift();
    if (to !== undefined) take(at, to);
  });
  if (!key) matchAlike(before, after, partner, restAfter, take);
  const pairs: Pair[] = before.map((each, at) => {
    const to = partner.get(at);
    return [each, to === undefined ? undefined : after[to]];
  });
  return [...pairs, ...[...restAfter].map((at): Pair => [undefined, after[at]])];
}

/** Pairs those left over that share at least half of their fields, the most alike first. */
function matchAlike(
  before: readonly unknown[],
  after: readonly unknown[],
  partner: ReadonlyMap<number, number>,
  restAfter: ReadonlySet<number>,
  take: (from: number, to: number) => void,
): void {
  const left = before
    .flatMap((each, at) => (partner.has(at) || !isRecord(each) ? [] : [at]))
    .slice(0, mostCompared);
  const right = [...restAfter].filter((at) => isRecord(after[at])).slice(0, mostCompared);
  const candidates = left.flatMap((from) =>
    right.map((to) => ({ from, to, likeness: likeness(before[from], after[to]) })),
  );
  const taken = { from: new Set<number>(), to: new Set<number>() };
  for (const { from, to, likeness: alike } of candidates.sort((a, b) => b.likeness - a.likeness)) {
    if (alike < 0.5) return;
    if (taken.from.has(from) || taken.to.has(to)) continue;
    taken.from.add(from);
    taken.to.add(to);
    take(from, to);
  }
}

/** The part of their fields, from 0 to 1, that two objects have alike. */
function likeness(a: unknown, b: unknown): number {
  if (!isRecord(a) || !isRecord(b)) return 0;
  const fields = keysOf(a, b);
  return fields.filter((field) => same(a[field], b[field])).length / Math.max(1, fields.length);
}

/** Fields that tell the elements of a list apart, the surest first. */
const identities = [
  "id",
  "arn",
  "uid",
  "sid",
  "Sid",
  "ruleId",
  "ruleNumber",
  "keyId",
  "accessKeyId",
  "priority",
  "name",
  "key",
  "email",
  "userId",
  "grantee",
  "role",
  "cidr",
] as const;

/** The field by which all the elements of both lists can be told apart, if there is one. */
function identityOf(before: readonly unknown[], after: readonly unknown[]): string | null {
  const tells = (list: readonly unknown[], field: string) => {
    const values = list.map((each) => (isRecord(each) ? each[field] : undefined));
    return (
      values.every((value) => (typeof value === "string" && value !== "") || typeof value === "number") &&
      new Set(values).size === values.length
    );
  };
  return identities.find((field) => tells(before, field) && tells(after, field)) ?? null;
}

/** What an element is called in a path. */
function elementWord(element: unknown): string {
  if (!isRecord(element)) return Array.isArray(element) ? "list" : String(element);
  for (const field of identities) {
    const value = element[field];
    if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
  }
  return Object.entries(element)
    .flatMap(([field, value]) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [`${field} ${value}`]
        : [],
    )
    .slice(0, 3)
    .join(", ");
}

/** A value as lines of `path: text`, for what was added or removed whole; `more` counts the lines beyond `limit`. */
export function flattenValue(
  value: unknown,
  limit = 24,
): { lines: { path: string; text: string }[]; more: number } {
  const lines: { path: string; text: string }[] = [];
  const walk = (path: string, each: unknown): void => {
    if (isRecord(each) && Object.keys(each).length > 0) {
      for (const [field, inner] of Object.entries(each)) walk(path ? `${path}.${field}` : field, inner);
    } else if (Array.isArray(each) && each.some((inner) => typeof inner === "object" && inner !== null)) {
      each.forEach((inner, at) => {
        walk(`${path}[${at + 1}]`, inner);
      });
    } else lines.push({ path, text: plainText(each) });
  };
  walk("", value);
  return { lines: lines.slice(0, limit), more: Math.max(0, lines.length - limit) };
}

/** A plain value in words; a list of plain values in one line. */
export function plainText(value: unknown): string {
  if (value === null) return "none";
  if (value === undefined) return "not set";
  if (value === "") return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(plainText).join(", ");
  if (isRecord(value)) return Object.keys(value).length === 0 ? "none" : canonical(value);
  return String(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const keysOf = (a: Record<string, unknown>, b: Record<string, unknown>): string[] => [
  ...new Set([...Object.keys(a), ...Object.keys(b)]),
];

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) ||
  (typeof a === "object" &&
    typeof b === "object" &&
    a !== null &&
    b !== null &&
    canonical(a) === canonical(b));

/** JSON with the fields in order, so that equal contents have equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "null";
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(value[field])}`).join(",")}}`;
}
