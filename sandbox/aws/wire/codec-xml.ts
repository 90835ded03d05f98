/**
 * Compiles output schemas to functions that write XML, for the query protocols and REST-XML. Element names, flattening,
 * attributes and namespaces follow the schema's XML traits.
 */
import type { NormalizedSchema } from "@smithy/core/schema";
import { compileTextWriter, type TextWriter } from "./codec-text.ts";
import { isBoundToHttp } from "./http-bindings.ts";

/** Writes a value as one element (or, flattened, as several) under the name it was compiled for. */
type ElementWriter = (value: unknown) => string;
/** A structure's content: what goes between its tags, and its attributes with a leading space each. */
type Content = {
  write: (value: Record<string, unknown>) => string;
  attributes: (value: Record<string, unknown>) => string;
};

/** One compiler per service, so that shapes used by many operations are compiled once. */
export class XmlCompiler {
  readonly #structures = new Map<unknown, Content>();

  /** Writes a structure's members, without an element around them. */
  compileContent(schema: NormalizedSchema): (value: object) => string {
    if (schema.isUnitSchema()) return () => "";
    const content = this.#compileStructure(schema);
    return (value) => content.write(value as Record<string, unknown>);
  }

  /**
   * Writes a structure as the root element `name`. S3's GetBucketLocation names the root and its only member alike: there
   * the root element itself holds the text.
   */
  compileRoot(schema: NormalizedSchema, name: string, xmlNamespace: string): (value: object) => string {
    const namespace = xmlNamespace ? ` xmlns="${xmlNamespace}"` : "";
    const members = schema.isStructSchema() ? [...schema.structIterator()] : [];
    if (members.length === 1 && members[0]?.[0] === name && !members[0][1].isStructSchema()) {
      return (value) => {
        const text = (value as Record<string, unknown>)[name];
        return `<${name}${namespace}>${text == null ? "" : escapeXml(String(text))}</${name}>`;
      };
    }
    const content = this.#compileStructure(schema);
    return (value) => {
      const record = value as Record<string, unknown>;
      return `<${name}${namespace}${content.attributes(record)}>${content.write(record)}</${name}>`;
    };
  }

  #compileElement(schema: NormalizedSchema, name: string): ElementWriter {
    if (schema.isStructSchema()) {
      const content = this.#compileStructure(schema);
      const open = `<${name}${namespaceAttribute(schema)}`;
      const close = `</${name}>`;
      return (value) => {
        const record = value as Record<string, unknown>;
        return `${open}${content.attributes(record)}>${content.write(record)}${close}`;
      };
    }
    if (schema.isListSchema()) return this.#compileList(schema, name);
    if (schema.isMapSchema()) return this.#compileMap(schema, name);
    const writeText = compileTextWriter(schema, "date-time");
    const open = `<${name}${namespaceAttribute(schema)}>`;
    const close = `</${name}>`;
    return (value) => open + escapeXml(writeText(value)) + close;
  }

  #compileList(schema: NormalizedSchema, name: string): ElementWriter {
    const member = schema.getValueSchema();
    const isFlat = Boolean(schema.getMergedTraits().xmlFlattened);
    const write = this.#compileElement(
      member,
      isFlat ? name : (member.getMergedTraits().xmlName ?? "member"),
    );
    const writeAll: ElementWriter = (value) => {
      let xml = "";
      for (const item of value as Iterable<unknown>) if (item != null) xml += write(item);
      return xml;
    };
    return isFlat ? writeAll : wrap(name, schema, writeAll);
  }

  #compileMap(schema: NormalizedSchema, name: string): ElementWriter {
    const isFlat = Boolean(schema.getMergedTraits().xmlFlattened);
    const keySchema = schema.getKeySchema();
    const valueSchema = schema.getValueSchema();
    const writeKey = this.#compileElement(keySchema, keySchema.getMergedTraits().xmlName ?? "key");
    const writeValue = this.#compileElement(valueSchema, valueSchema.getMergedTraits().xmlName ?? "value");
    const entry = isFlat ? name : "entry";
    const writeAll: ElementWriter = (value) => {
      let xml = "";
      for (const [key, item] of Object.entries(value as object)) {
        if (item != null) xml += `<${entry}>${writeKey(key)}${writeValue(item)}</${entry}>`;
      }
      return xml;
    };
    return isFlat ? writeAll : wrap(name, schema, writeAll);
  }

  #compileStructure(schema: NormalizedSchema): Content {
    const key = schema.getSchema();
    const known = this.#structures.get(key);
    if (known) return known;
    const elements: { name: string; write: ElementWriter }[] = [];
    const attributes: { name: string; open: string; write: TextWriter }[] = [];
    const content: Content = {
      write: (value) => {
        let xml = "";
        for (const element of elements) {
          const member = value[element.name];
          if (member != null) xml += element.write(member);
        }
        return xml;
      },
      attributes: (value) => {
        let xml = "";
        for (const attribute of attributes) {
          const member = value[attribute.name];
          if (member != null) xml += `${attribute.open}${escapeXml(attribute.write(member))}"`;
        }
        return xml;
      },
    };
    // Known before its members are compiled, so that a shape may contain itself.
    this.#structures.set(key, content);
    for (const [name, member] of schema.structIterator()) {
      const traits = member.getMergedTraits();
      if (isBoundToHttp(member)) continue;
      const wireName = member.getMemberTraits().xmlName ?? name;
      if (traits.xmlAttribute) {
        attributes.push({ name, open: ` ${wireName}="`, write: compileTextWriter(member, "date-time") });
      } else elements.push({ name, write: this.#compileElement(member, wireName) });
    }
    return content;
  }
}

function wrap(name: string, schema: NormalizedSchema, writeAll: ElementWriter): ElementWriter {
  const open = `<${name}${namespaceAttribute(schema)}>`;
  return (value) => `${open}${writeAll(value)}</${name}>`;
}

/** The trait is `[prefix, uri]` or the URI alone. */
function namespaceAttribute(schema: NormalizedSchema): string {
  const namespace = schema.getMergedTraits().xmlNamespace;
  if (!namespace) return "";
  if (typeof namespace === "string") return ` xmlns="${namespace}"`;
  const [prefix, uri] = namespace as readonly [string, string];
  return ` xmlns${prefix ? `:${prefix}` : ""}="${uri}"`;
}

/** Markup, and every control character (`Cc`) but tab and line feed. */
const unsafe = /[&<>"]|[^\P{Cc}\t\n]/u;
const unsafeAll = new RegExp(unsafe, "gu");
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Control characters leave as references, as AWS sends them, although XML 1.0 knows none for most of them. */
export function escapeXml(text: string): string {
  if (!unsafe.test(text)) return text;
  return text.replace(
    unsafeAll,
    (character) => entities[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
