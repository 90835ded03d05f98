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

export const sampleBlob = new Uint8Array([0, 255, 128, 10]);

export type SampleOptions = {
  /** Deeper structures, lists and maps are left out. */
  maxDepth: number;
  /** Members of the root whose value the test must choose itself; `undefined` leaves one out. */
  fixed: Record<string, unknown>;
};

/** Required members are made however deep, but a shape that requires itself would never end. */
const deepest = 20;

/** A value for the schema; `undefined` where nothing shall be sent. */
export function sampleValue(schema: NormalizedSchema, random: Random, options: SampleOptions): unknown {
  return sample(schema, { random, options, depth: 0, isPlain: false });
}

type State = { random: Random; options: SampleOptions; depth: number; isPlain: boolean };

function sample(schema: NormalizedSchema, state: State): unknown {
  if (schema.isUnitSchema()) return {};
  if (schema.isStructSchema()) return sampleStructure(schema, state);
  const { httpHeader, httpLabel, httpPrefixHeaders } = schema.getMergedTraits();
  const isPlain = state.isPlain || Boolean(httpHeader || httpLabel || httpPrefixHeaders !== undefined);
  const inner = { ...state, isPlain, depth: state.depth + 1 };
  if (schema.isListSchema()) {
    const member = schema.getValueSchema();
    const items = [sample(member, inner), sample(member, inner)].filter((item) => item !== undefined);
    return items.length > 0 ? items.slice(0, 1 + Math.floor(state.random() * 2)) : undefined;
  }
  if (schema.isMapSchema()) {
    const value = sample(schema.getValueSchema(), inner);
    return value === undefined ? undefined : { [pick(state.random, ["alpha", "beta", "x-y"])]: value };
  }
  return sampleScalar(schema, inner);
}

function sampleStructure(schema: NormalizedSchema, state: State): unknown {
  const { random, options, depth } = state;
  if (depth > deepest) return undefined;
  const members = [...schema.structIterator()].filter(([, member]) => !isEventStream(member));
  const key = schema.getSchema();
  const requiredCount = Array.isArray(key) ? Number(key[6] ?? 0) : 0;
  const isChosen = ([name, member]: [string, NormalizedSchema], index: number) =>
    index < requiredCount ||
    (depth === 0 && (name in options.fixed || Boolean(member.getMergedTraits().httpPayload))) ||
    member.isIdempotencyToken() ||
    (depth < options.maxDepth && random() < 0.7);
  const value: Record<string, unknown> = {};
  const wanted = schema.isUnionSchema() ? [pick(random, members)] : members.filter(isChosen);
  // The query protocols have no spelling for a structure without members.
  const chosen = wanted.length > 0 || depth === 0 ? wanted : members.slice(0, 1);
  for (const [name, member] of chosen) {
    const isFixed = depth === 0 && name in options.fixed;
    const made = isFixed ? options.fixed[name] : sample(member, { ...state, depth: depth + 1 });
    if (made !== undefined) value[name] = made;
  }
  return Object.keys(value).length > 0 || depth === 0 ? value : undefined;
}

function isEventStream(member: NormalizedSchema): boolean {
  return member.isStreaming() && member.isStructSchema();
}

function sampleScalar(schema: NormalizedSchema, { random, isPlain }: State): unknown {
  if (schema.isBooleanSchema()) return random() < 0.5;
  if (schema.isNumericSchema()) return Math.floor(random() * 1000);
  if (schema.isBigIntegerSchema()) return BigInt(Math.floor(random() * 1e9));
  if (schema.isTimestampSchema()) return new Date(1_600_000_000_000 + Math.floor(random() * 1e8) * 1000);
  if (schema.isBlobSchema()) return sampleBlob.slice();
  if (!schema.isStringSchema()) return undefined;
  if (schema.getMergedTraits().hostLabel) return "label";
  return pick(random, isPlain ? plainTexts : awkwardTexts);
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error("Nothing to choose from.");
  return choice;
}
