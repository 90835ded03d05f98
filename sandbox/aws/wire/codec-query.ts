/** Reads the inputs of the query protocols: form parameters such as `Filter.1.Value.2=x` into the SDK's input shape. */
import type { NormalizedSchema } from "@smithy/core/schema";
import { compileTextReader } from "./codec-text.ts";
import { decodePercent } from "./http-request.ts";

/** A parameter's value, and the parameters whose names continue its own after a dot. */
export type FormNode = { value: string | undefined; children: Map<string, FormNode> | undefined };

/** Parses an `application/x-www-form-urlencoded` text into a tree by the dots of its names. */
export function parseForm(text: string): FormNode {
  const root: FormNode = { value: undefined, children: undefined };
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormText(equals === -1 ? pair : pair.slice(0, equals));
    let node = root;
    for (const part of name.split(".")) {
      node.children ??= new Map();
      let next = node.children.get(part);
      if (!next) {
        next = { value: undefined, children: undefined };
        node.children.set(part, next);
      }
      node = next;
    }
    node.value = equals === -1 ? "" : decodeFormText(pair.slice(equals + 1));
  }
  return root;
}

function decodeFormText(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  return decodePercent(text.replaceAll("+", " "));
}

type Reader = (node: FormNode) => unknown;

/** One compiler per service, so that shapes used by many operations are compiled once. */
export class QueryCompiler {
  readonly #isEc2: boolean;
  readonly #structures = new Map<unknown, Reader>();

  constructor(dialect: "query" | "ec2") {
    this.#isEc2 = dialect === "ec2";
  }

  compile(schema: NormalizedSchema): Reader {
    if (schema.isUnitSchema()) return () => ({});
    if (schema.isStructSchema()) return this.#compileStructure(schema);
    if (schema.isListSchema()) return this.#compileList(schema);
    if (schema.isMapSchema()) return this.#compileMap(schema);
    const read = compileTextReader(schema);
    return (node) => (node.value === undefined ? undefined : read(node.value));
  }

  #compileList(schema: NormalizedSchema): Reader {
    const member = schema.getValueSchema();
    const isFlat = this.#isEc2 || Boolean(schema.getMergedTraits().xmlFlattened);
    const wrapper = isFlat ? undefined : (member.getMergedTraits().xmlName ?? "member");
    const read = this.compile(member);
    return (node) => {
      const holder = wrapper === undefined ? node : node.children?.get(wrapper);
      return listNumbered(holder).map(read);
    };
  }

  #compileMap(schema: NormalizedSchema): Reader {
    const isFlat = Boolean(schema.getMergedTraits().xmlFlattened);
    const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? "key";
    const valueSchema = schema.getValueSchema();
    const valueName = valueSchema.getMergedTraits().xmlName ?? "value";
    const read = this.compile(valueSchema);
    return (node) => {
      const entries: [string, unknown][] = [];
      for (const entry of listNumbered(isFlat ? node : node.children?.get("entry"))) {
        const value = entry.children?.get(valueName);
        entries.push([entry.children?.get(keyName)?.value ?? "", value ? read(value) : undefined]);
      }
      return Object.fromEntries(entries);
    };
  }

  #compileStructure(schema: NormalizedSchema): Reader {
    const key = schema.getSchema();
    const known = this.#structures.get(key);
    if (known) return known;
    const members = new Map<string, { name: string; read: Reader }>();
    const reader: Reader = (node) => {
      const value: Record<string, unknown> = {};
      for (const [wireName, child] of node.children ?? []) {
        const member = members.get(wireName);
        if (!member) continue;
        const read = member.read(child);
        if (read !== undefined) value[member.name] = read;
      }
      return value;
    };
    // Known before its members are compiled, so that a shape may contain itself.
    this.#structures.set(key, reader);
    for (const [name, member] of schema.structIterator()) {
      members.set(this.#nameMember(name, member), { name, read: this.compile(member) });
    }
    return reader;
  }

  #nameMember(name: string, member: NormalizedSchema): string {
    const { xmlName, ec2QueryName } = member.getMemberTraits();
    if (!this.#isEc2) return xmlName ?? name;
    if (typeof ec2QueryName === "string") return ec2QueryName;
    const key = xmlName ?? name;
    return key.charAt(0).toUpperCase() + key.slice(1);
  }
}

/** The nodes named by numbers, in the numbers' order (`Filter.10` after `Filter.9`). */
function listNumbered(node: FormNode | undefined): FormNode[] {
  if (!node?.children) return [];
  return [...node.children]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
