/**
 * Reads an AWS service's description out of its SDK client package: every operation's name, HTTP binding, input and
 * output schema, every error's code and status, and which protocol the service speaks. Nothing here is per request.
 */
import { NormalizedSchema } from "@smithy/core/schema";

/** The protocols of AWS services, named as botocore names them. */
export type Protocol = "query" | "ec2" | "json" | "rest-json" | "rest-xml" | "rpc-v2-cbor";

export type OperationDescription = {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  /** Method, URI template with its literal query, success status. Absent for the protocols that bind nothing. */
  http: { method: string; uri: string; status: number } | null;
};

export type ErrorDescription = {
  /** The shape's name, as the JSON protocols carry it. */
  shape: string;
  /** The code that the query protocols carry. */
  queryCode: string;
  status: number | undefined;
};

export type ServiceDescription = {
  /** The service's short name in its own namespace: `s3`, `s3control`, `ec2`. */
  name: string;
  protocol: Protocol;
  xmlNamespace: string;
  operations: Map<string, OperationDescription>;
  /** By shape name and by query code. */
  errors: Map<string, ErrorDescription>;
};

const protocolByShapeId: Record<string, Protocol> = {
  "aws.protocols#awsQuery": "query",
  "aws.protocols#ec2Query": "ec2",
  "aws.protocols#awsJson1_0": "json",
  "aws.protocols#awsJson1_1": "json",
  "aws.protocols#restJson1": "rest-json",
  "aws.protocols#restXml": "rest-xml",
  "smithy.protocols#rpcv2Cbor": "rpc-v2-cbor",
};

const operationTag = 9;
const errorTag = -3;

/** Throws when the package is no schema-based AWS client or speaks a protocol that is not known here. */
export function describeService(sdk: Record<string, unknown>): ServiceDescription {
  const config = readClientConfig(sdk);
  const namespace = config.protocolSettings.defaultNamespace;
  const description: ServiceDescription = {
    name: namespace.replace(/^com\.amazonaws\./, ""),
    protocol: config.protocol,
    xmlNamespace: config.protocolSettings.xmlNamespace ?? "",
    operations: new Map(),
    errors: new Map(),
  };
  for (const value of Object.values(sdk)) {
    if (!Array.isArray(value)) continue;
    if (value[0] === operationTag) {
      const operation = describeOperation(value);
      description.operations.set(operation.name, operation);
    } else if (value[0] === errorTag) {
      const error = describeError(value);
      description.errors.set(error.shape, error);
      description.errors.set(error.queryCode, error);
    }
  }
  return description;
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

function describeOperation(schema: unknown[]): OperationDescription {
  const [, , name, traits, input, output] = schema;
  const http = readTrait(traits, "http");
  return {
    name: String(name),
    input: NormalizedSchema.of(input as SchemaRef),
    output: NormalizedSchema.of(output as SchemaRef),
    http: Array.isArray(http)
      ? { method: String(http[0]), uri: String(http[1]), status: Number(http[2]) }
      : null,
  };
}

function describeError(schema: unknown[]): ErrorDescription {
  const [, , name, traits] = schema;
  const queryError = readTrait(traits, "awsQueryError");
  const status = Array.isArray(queryError) ? queryError[1] : readTrait(traits, "httpError");
  return {
    shape: String(name),
    queryCode: Array.isArray(queryError) ? String(queryError[0]) : String(name),
    status: typeof status === "number" ? status : undefined,
  };
}

function readTrait(traits: unknown, name: string): unknown {
  return typeof traits === "object" && traits !== null
    ? (traits as Record<string, unknown>)[name]
    : undefined;
}

type ClientConfig = {
  protocol: Protocol;
  protocolSettings: { defaultNamespace: string; xmlNamespace?: string };
};

/** The protocol is a fact of the client's configuration alone, so one client is made (it sends nothing). */
function readClientConfig(sdk: Record<string, unknown>): ClientConfig {
  const entry = Object.entries(sdk).find(
    ([name, value]) => /^[A-Z]\w*Client$/.test(name) && typeof value === "function",
  );
  if (!entry) throw new Error("The package exports no AWS client.");
  const [name, exported] = entry;
  const Client = exported as new (options: object) => { config: Record<string, unknown> };
  const { config } = new Client({
    region: "us-east-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  const protocolSettings = config.protocolSettings as ClientConfig["protocolSettings"];
  const shapeId = (config.protocol as { getShapeId(): string }).getShapeId();
  const protocol = protocolByShapeId[shapeId];
  if (!protocol) throw new Error(`${name} speaks ${shapeId}, which the sandbox does not know.`);
  return { protocol, protocolSettings };
}
