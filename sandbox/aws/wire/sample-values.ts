/** Makes values that fit a schema, for tests: repeatable by their seed, with awkward text where text may be awkward. */
import type { NormalizedSchema } from "@smithy/core/schema";

export type Random = () => number;

/** A linear congruential generator is even enough to vary samples. */
export function seedRandom(text: string): Random {
  let state = 7;
  for (const character of text) state = (state * 31 + character.charCodeAt(0)) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const awkwardTexts = [
  "plain",
  "a & b < c > d \"e\" 'f'",
  "Grüße, 世界 🌍",
  "<script>alert(1)</script>",
  "\u202eright to left\u202c",
  "line one\nline two\ttabbed",
  "key=value&other=1+2%20",
  "a.b.1.member",
];
/** Header and label values: no line breaks, nothing beyond ASCII, no comma (which splits lists). */
const plainTexts = ["plain", "with space", "a/b+c=d", "100%", "x-y_z~"];

export type SampleOptions = {
  /** Deeper structures, lists and maps are left out. */
  maxDepth: number;
  /** Members whose value the test must choose itself, by name. */
  fixed: Record<string, unknown>;
};

/** A value for the schema; `undefined` where nothing shall be sent. */
export function sampleValue(schema: NormalizedSchema, random: Random, options: SampleOptions, depth = 0): unknown {
  if (schema.isUnitSchema()) return {};
  if (schema.isStructSchema()) return sampleStructure(schema, random, options, depth);
  if (schema.isListSchema()) {
    const items = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
      sampleValue(schema.getValueSchema(), random, options, depth + 1),
    ).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (schema.isMapSchema()) {
    const value = sampleValue(schema.getValueSchema(), random, options, depth + 1);
    return value === undefined ? undefined : { [pick(random, ["alpha", "beta", "x-y"])]: value };
  }
  return sampleScalar(schema, random);
}

function sampleStructure(schema: NormalizedSchema, random: Random, options: SampleOptions, depth: number): unknown {
  if (depth > options.maxDepth) return undefined;
  const members = [...schema.structIterator()].filter(([, member]) => !isEventStream(member));
  const key = schema.getSchema();
  const requiredCount = Array.isArray(key) ? Number(key[6] ?? 0) : 0;
  const value: Record<string, unknown> = {};
  const chosen = schema.isUnionSchema()
    ? [pick(random, members)]
    : members.filter((_member, index) => index < requiredCount || random() < 0.7);
  for (const [name, member] of chosen) {
    const fixed = depth === 0 && name in options.fixed;
    const sample = fixed ? options.fixed[name] : sampleValue(member, random, options, depth + 1);
    if (sample !== undefined) value[name] = sample;
    else if (members.slice(0, requiredCount).some(([required]) => required === name)) return undefined;
  }
  return Object.keys(value).length > 0 || depth === 0 ? value : undefined;
}

function isEventStream(member: NormalizedSchema): boolean {
  return member.isStreaming() && member.isStructSchema();
}

function sampleScalar(schema: NormalizedSchema, random: Random): unknown {
  if (schema.isBooleanSchema()) return random() < 0.5;
  if (schema.isNumericSchema()) return Math.floor(random() * 1000);
  if (schema.isBigIntegerSchema()) return BigInt(Math.floor(random() * 1e9));
  if (schema.isTimestampSchema()) return new Date(1_600_000_000_000 + Math.floor(random() * 1e8) * 1000);
  if (schema.isBlobSchema()) return new Uint8Array([0, 255, Math.floor(random() * 256), 10]);
  if (!schema.isStringSchema()) return undefined;
  const { httpHeader, httpLabel, httpPrefixHeaders, hostLabel } = schema.getMergedTraits();
  if (hostLabel) return "label";
  return pick(random, httpHeader || httpLabel || httpPrefixHeaders ? plainTexts : awkwardTexts);
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error("Nothing to choose from.");
  return choice;
}
