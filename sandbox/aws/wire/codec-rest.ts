/** Codecs of the protocols that bind members to the HTTP message: REST-JSON and REST-XML. */
import { XmlShapeDeserializer } from "@aws-sdk/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { type OperationCodec, type WireResponse, xmlDeclaration } from "./codec.ts";
import { DocumentCompiler, restJsonFormat } from "./codec-document.ts";
import type { XmlCompiler } from "./codec-xml.ts";
import type { OperationDescription, ServiceDescription } from "./describe-service.ts";
import { compileInputBindings, compileOutputBindings } from "./http-bindings.ts";

type BodyReader = (body: Buffer) => unknown;
type BodyWriter = (value: unknown) => string | Uint8Array;

/** How a protocol spells a structured body; text and bytes travel as they are. */
type BodyFormat = {
  contentType: string;
  compileReader: (schema: NormalizedSchema) => BodyReader;
  compileWriter: (schema: NormalizedSchema, operation: OperationDescription) => BodyWriter;
};

export class RestCodecs {
  readonly #format: BodyFormat;

  constructor(protocol: "rest-json" | "rest-xml", service: ServiceDescription, xml: XmlCompiler) {
    this.#format = protocol === "rest-json" ? makeJsonFormat() : makeXmlFormat(service, xml);
  }

  compile(operation: OperationDescription): OperationCodec {
    const input = compileInputBindings(operation.input);
    const output = compileOutputBindings(operation.output);
    const readPayload = input.payload && this.#compileReader(input.payload.schema);
    const readBody = input.payload || !input.hasBody ? null : this.#compileReader(operation.input);
    const writePayload = output.payload && this.#compileWriter(output.payload.schema, operation);
    const writeBody =
      output.payload || !output.hasBody ? null : this.#compileWriter(operation.output, operation);
    const status = operation.http?.status ?? 200;
    return {
      readInput: ({ request, body, labels }) => {
        const value = readBody && body.length > 0 ? (readBody(body) as Record<string, unknown>) : {};
        if (readPayload && input.payload && body.length > 0) value[input.payload.name] = readPayload(body);
        input.bind(request, labels, value);
        return value;
      },
      writeOutput: (value) => {
        const record = value as Record<string, unknown>;
        const response: WireResponse = { status, headers: {}, body: "" };
        if (writePayload && output.payload) {
          const payload = record[output.payload.name];
          if (payload != null) response.body = writePayload(payload);
        } else if (writeBody) response.body = writeBody(record);
        if (response.body.length > 0) response.headers["content-type"] = this.#format.contentType;
        output.bind(record, response);
        return response;
      },
    };
  }

  #compileReader(schema: NormalizedSchema): BodyReader {
    if (isStructured(schema)) return this.#format.compileReader(schema);
    return schema.isBlobSchema() ? (body) => new Uint8Array(body) : (body) => body.toString("utf8");
  }

  #compileWriter(schema: NormalizedSchema, operation: OperationDescription): BodyWriter {
    if (isStructured(schema)) return this.#format.compileWriter(schema, operation);
    return (value) => (value instanceof Uint8Array ? value : String(value));
  }
}

function isStructured(schema: NormalizedSchema): boolean {
  return (
    schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema() || schema.isDocumentSchema()
  );
}

function makeJsonFormat(): BodyFormat {
  const compiler = new DocumentCompiler(restJsonFormat);
  return {
    contentType: "application/json",
    compileReader: (schema) => {
      const { read } = compiler.compile(schema);
      return (body) => read(restJsonFormat.parse(body));
    },
    compileWriter: (schema) => {
      const { write } = compiler.compile(schema);
      return (value) => restJsonFormat.stringify(write(value));
    },
  };
}

function makeXmlFormat({ name, xmlNamespace }: ServiceDescription, xml: XmlCompiler): BodyFormat {
  const reader = new XmlShapeDeserializer({
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: true,
    xmlNamespace,
    serviceNamespace: name,
  });
  return {
    contentType: "application/xml",
    compileReader: (schema) => (body) => reader.read(schema, body),
    compileWriter: (schema, operation) => {
      const root = schema.getMergedTraits().xmlName ?? schema.getName() ?? operation.name;
      const write = xml.compileRoot(schema, root, xmlNamespace);
      return (value) => xmlDeclaration + write(value as object);
    },
  };
}
