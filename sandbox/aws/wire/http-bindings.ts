/** Compiles an operation's HTTP bindings (labels, query, headers, payload, status), for REST-JSON and REST-XML. */
import type { NormalizedSchema } from "@smithy/core/schema";
import { compileTextReader, compileTextWriter } from "./codec-text.ts";
import { decodePercent, readHeader, type WireRequest } from "./http-request.ts";

type Values = Record<string, unknown>;
/** `labels`: the URI's own, still percent-encoded, and `Bucket` where the bucket is addressed by host or path. */
export type InputBinder = (request: WireRequest, labels: Map<string, string>, input: Values) => void;

export type InputBindings = {
  bind: InputBinder;
  /** The member that is the body, else `null`. */
  payload: { name: string; schema: NormalizedSchema } | null;
  /** Whether members remain that the body carries. */
  hasBody: boolean;
};

/** Members that travel in the message's head, or are its body by themselves, are no part of a structured body. */
export function isBoundToHttp(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return Boolean(
    traits.httpHeader ||
      traits.httpPrefixHeaders !== undefined ||
      traits.httpResponseCode ||
      traits.httpPayload ||
      traits.httpLabel ||
      traits.httpQuery ||
      traits.httpQueryParams,
  );
}

export function compileInputBindings(schema: NormalizedSchema): InputBindings {
  const binders: InputBinder[] = [];
  let payload: InputBindings["payload"] = null;
  let hasBody = false;
  if (schema.isUnitSchema()) return { bind: () => {}, payload, hasBody };
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    // Checked before the label: S3 Control binds AccountId to a header, and to the host name besides.
    if (traits.httpHeader) binders.push(bindHeader(name, member, traits.httpHeader.toLowerCase()));
    else if (traits.httpLabel) binders.push(bindLabel(name, member));
    else if (traits.httpQuery) binders.push(bindQuery(name, member, traits.httpQuery));
    else if (traits.httpQueryParams) binders.push(bindAllQuery(name, member));
    else if (traits.httpPrefixHeaders !== undefined) binders.push(bindPrefix(name, traits.httpPrefixHeaders));
    else if (traits.httpPayload) payload = { name, schema: member };
    else hasBody = true;
  }
  const bind: InputBinder = (request, labels, input) => {
    for (const binder of binders) binder(request, labels, input);
  };
  return { bind, payload, hasBody };
}

function bindLabel(name: string, member: NormalizedSchema): InputBinder {
  const read = compileTextReader(member);
  return (_request, labels, input) => {
    const text = labels.get(name);
    if (text !== undefined) input[name] = read(decodePercent(text));
  };
}

function bindHeader(name: string, member: NormalizedSchema, header: string): InputBinder {
  if (member.isListSchema()) {
    const read = compileTextReader(member.getValueSchema());
    return (request, _labels, input) => {
      const text = readHeader(request, header);
      if (text !== undefined) input[name] = text.split(",").map((item) => read(item.trim()));
    };
  }
  const read = compileTextReader(member);
  return (request, _labels, input) => {
    const text = readHeader(request, header);
    if (text !== undefined) input[name] = read(text);
  };
}

function bindQuery(name: string, member: NormalizedSchema, parameter: string): InputBinder {
  const isList = member.isListSchema();
  const read = compileTextReader(isList ? member.getValueSchema() : member);
  return (request, _labels, input) => {
    const values = request.query.get(parameter);
    if (values) input[name] = isList ? values.map(read) : read(values[0] ?? "");
  };
}

function bindAllQuery(name: string, member: NormalizedSchema): InputBinder {
  const isListOfValues = member.getValueSchema().isListSchema();
  return (request, _labels, input) => {
    const entries = [...request.query].map(([key, values]) => [key, isListOfValues ? values : values[0]]);
    if (entries.length > 0) input[name] = Object.fromEntries(entries);
  };
}

function bindPrefix(name: string, prefix: string): InputBinder {
  const start = prefix.toLowerCase();
  return (request, _labels, input) => {
    const headers = Object.keys(request.headers).filter((header) => header.startsWith(start));
    if (headers.length === 0) return;
    input[name] = Object.fromEntries(
      headers.map((header) => [header.slice(start.length), readHeader(request, header)]),
    );
  };
}

export type ResponseHead = { status: number; headers: Record<string, string> };

export type OutputBindings = {
  bind: (output: Values, head: ResponseHead) => void;
  payload: { name: string; schema: NormalizedSchema } | null;
  hasBody: boolean;
};

export function compileOutputBindings(schema: NormalizedSchema): OutputBindings {
  const binders: OutputBindings["bind"][] = [];
  let payload: OutputBindings["payload"] = null;
  let hasBody = false;
  if (schema.isUnitSchema()) return { bind: () => {}, payload, hasBody };
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    if (traits.httpHeader) binders.push(writeHeader(name, member, traits.httpHeader.toLowerCase()));
    else if (traits.httpPrefixHeaders !== undefined)
      binders.push(writePrefix(name, traits.httpPrefixHeaders));
    else if (traits.httpResponseCode) {
      binders.push((output, head) => {
        if (typeof output[name] === "number") head.status = output[name];
      });
    } else if (traits.httpPayload) payload = { name, schema: member };
    else hasBody = true;
  }
  const bind: OutputBindings["bind"] = (output, head) => {
    for (const binder of binders) binder(output, head);
  };
  return { bind, payload, hasBody };
}

function writeHeader(name: string, member: NormalizedSchema, header: string): OutputBindings["bind"] {
  const isList = member.isListSchema();
  const write = compileTextWriter(isList ? member.getValueSchema() : member, "http-date");
  return (output, head) => {
    const value = output[name];
    if (value == null) return;
    head.headers[header] = encodeHeader(
      isList && Array.isArray(value) ? value.map(write).join(", ") : write(value),
    );
  };
}

function writePrefix(name: string, prefix: string): OutputBindings["bind"] {
  return (output, head) => {
    for (const [key, value] of Object.entries(output[name] ?? {})) {
      head.headers[(prefix + key).toLowerCase()] = encodeHeader(String(value));
    }
  };
}

/** What a header cannot carry as it is goes as an RFC 2047 encoded word, as S3 answers such metadata. */
function encodeHeader(text: string): string {
  return /^[\t\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}
