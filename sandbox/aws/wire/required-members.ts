/** Compiles the check that an input has every member its schema requires, nested ones included. */
import type { NormalizedSchema } from "@smithy/core/schema";

/** Answers the path of the first missing member, such as `tags.1.member.key`; `undefined` when none is. */
export type RequiredCheck = (value: unknown, path?: string) => string | undefined;

const nothingRequired: RequiredCheck = () => undefined;

export function compileRequired(schema: NormalizedSchema): RequiredCheck {
  return compile(schema, new Map());
}

function compile(schema: NormalizedSchema, known: Map<unknown, RequiredCheck>): RequiredCheck {
  if (schema.isStructSchema()) return compileStructure(schema, known);
  if (schema.isListSchema()) {
    const check = compile(schema.getValueSchema(), known);
    return check === nothingRequired
      ? check
      : (value, path) => checkAll(Object.entries(asList(value)), check, path);
  }
  if (schema.isMapSchema()) {
    const check = compile(schema.getValueSchema(), known);
    return check === nothingRequired
      ? check
      : (value, path) => checkAll(Object.entries(value as object), check, path);
  }
  return nothingRequired;
}

function compileStructure(schema: NormalizedSchema, known: Map<unknown, RequiredCheck>): RequiredCheck {
  const key = schema.getSchema();
  const found = known.get(key);
  if (found) return found;
  const members: { name: string; isRequired: boolean; check: RequiredCheck }[] = [];
  const checkStructure: RequiredCheck = (value, path = "") => {
    const record = value as Record<string, unknown>;
    for (const { name, isRequired, check } of members) {
      const member = record[name];
      const memberPath = path === "" ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
      if (member == null) {
        if (isRequired) return memberPath;
      } else if (check !== nothingRequired) {
        const missing = check(member, memberPath);
        if (missing) return missing;
      }
    }
    return undefined;
  };
  // Known before its members are compiled, so that a shape may contain itself.
  known.set(key, checkStructure);
  // The schema lists a structure's required members first and tells how many they are.
  const requiredCount = Array.isArray(key) && key[0] === 3 ? Number(key[6] ?? 0) : 0;
  let index = 0;
  for (const [name, member] of schema.structIterator()) {
    const isRequired = index++ < requiredCount;
    const check = compile(member, known);
    if (isRequired || check !== nothingRequired) members.push({ name, isRequired, check });
  }
  if (members.length > 0) return checkStructure;
  known.set(key, nothingRequired);
  return nothingRequired;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function checkAll(entries: [string, unknown][], check: RequiredCheck, path = ""): string | undefined {
  for (const [key, item] of entries) {
    const missing =
      item == null ? undefined : check(item, `${path}.${isIndex(key) ? Number(key) + 1 : key}.member`);
    if (missing) return missing;
  }
  return undefined;
}

function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
