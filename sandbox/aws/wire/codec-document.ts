/**
 * Compiles schemas to functions between the SDK's shapes and plain documents, for the protocols whose bodies are
 * documents: the JSON ones and CBOR. Each schema is walked once; afterwards a value costs its own members only.
 */
import { cbor, dateToTag } from "@smithy/core/cbor";
import type { NormalizedSchema } from "@smithy/core/schema";
import { readBase64, writeBase64 } from "./codec-text.ts";
import { isBoundToHttp } from "./http-bindings.ts";
import { readTimestamp, resolveTimestampFormat, type TimestampFormat, writeTimestamp } from "./timestamps.ts";

type Transform = (value: unknown) => unknown;

/** How a document format spells what plain documents lack. */
export type DocumentFormat = {
  /** REST-JSON renames members by `jsonName` and keeps those bound to HTTP out of the body. */
  isRest: boolean;
  writeTimestamp: (value: unknown, format: TimestampFormat) => unknown;
  readTimestamp: Transform;
  writeBlob: Transform;
  readBlob: Transform;
  parse: (body: Buffer) => unknown;
  stringify: (document: unknown) => string | Uint8Array;
};

const json: DocumentFormat = {
  isRest: false,
  writeTimestamp,
  readTimestamp,
  writeBlob: writeBase64,
  readBlob: readBase64,
  parse: (body) => (body.length === 0 ? {} : JSON.parse(body.toString("utf8"))),
  stringify: JSON.stringify,
};

export const jsonFormat = json;
export const restJsonFormat: DocumentFormat = { ...json, isRest: true };
export const cborFormat: DocumentFormat = {
  isRest: false,
  writeTimestamp: (value) => dateToTag(value instanceof Date ? value : new Date(String(value))),
  readTimestamp: (value) =>
    readTimestamp(typeof value === "object" && value !== null && "value" in value ? value.value : value),
  writeBlob: (value) => (value instanceof Uint8Array ? value : Buffer.from(String(value))),
  readBlob: (value) => value,
  parse: (body) => (body.length === 0 ? {} : cbor.deserialize(body)),
  stringify: (document) => cbor.serialize(document),
};

export type DocumentCodec = { read: Transform; write: Transform };

/** One compiler per service and format, so that shapes used by many operations are compiled once. */
export class DocumentCompiler {
  readonly format: DocumentFormat;
  readonly #structures = new Map<unknown, DocumentCodec>();

  constructor(format: DocumentFormat) {
    this.format = format;
  }

  compile(schema: NormalizedSchema): DocumentCodec {
    if (schema.isUnitSchema()) return { read: () => ({}), write: () => ({}) };
    if (schema.isStructSchema()) return this.#compileStructure(schema);
    if (schema.isListSchema()) {
      const member = this.compile(schema.getValueSchema());
      return { read: mapList(member.read), write: mapList(member.write) };
    }
    if (schema.isMapSchema()) {
      const member = this.compile(schema.getValueSchema());
      return { read: mapValues(member.read), write: mapValues(member.write) };
    }
    return this.#compileScalar(schema);
  }

  #compileScalar(schema: NormalizedSchema): DocumentCodec {
    const { format } = this;
    if (schema.isTimestampSchema()) {
      const timestampFormat = resolveTimestampFormat(schema, "epoch-seconds");
      return { read: format.readTimestamp, write: (value) => format.writeTimestamp(value, timestampFormat) };
    }
    if (schema.isBlobSchema()) return { read: format.readBlob, write: format.writeBlob };
    return { read: keep, write: keep };
  }

  #compileStructure(schema: NormalizedSchema): DocumentCodec {
    const key = schema.getSchema();
    const known = this.#structures.get(key);
    if (known) return known;
    const members: { name: string; wireName: string; codec: DocumentCodec }[] = [];
    const codec: DocumentCodec = {
      read: (document) => {
        const source = asRecord(document);
        const value: Record<string, unknown> = {};
        for (const member of members) {
          const raw = source[member.wireName];
          if (raw != null) value[member.name] = member.codec.read(raw);
        }
        return value;
      },
      write: (value) => {
        const source = asRecord(value);
        const document: Record<string, unknown> = {};
        for (const member of members) {
          const raw = source[member.name];
          if (raw != null) document[member.wireName] = member.codec.write(raw);
        }
        return document;
      },
    };
    // Known before its members are compiled, so that a shape may contain itself.
    this.#structures.set(key, codec);
    for (const [name, member] of schema.structIterator()) {
      const { isRest } = this.format;
      if (isRest && isBoundToHttp(member)) continue;
      const wireName = isRest ? (member.getMergedTraits().jsonName ?? name) : name;
      members.push({ name, wireName, codec: this.compile(member) });
    }
    return codec;
  }
}

function keep(value: unknown): unknown {
  return value;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new RangeError("Not a structure.");
  return value as Record<string, unknown>;
}

function mapList(transform: Transform): Transform {
  return (value) => {
    if (!Array.isArray(value)) throw new RangeError("Not a list.");
    return transform === keep ? value : value.map((item) => (item == null ? null : transform(item)));
  };
}

function mapValues(transform: Transform): Transform {
  return (value) => {
    const source = asRecord(value);
    if (transform === keep) return source;
    return Object.fromEntries(
      Object.entries(source).map(([key, item]) => [key, item == null ? null : transform(item)]),
    );
  };
}
