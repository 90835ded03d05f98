/** Writes an error in the shape of each protocol. */
import { cbor } from "@smithy/core/cbor";
import type { AwsError } from "#sandbox/aws/model.ts";
import { type WireResponse, xmlDeclaration } from "./codec.ts";
import { escapeXml } from "./codec-xml.ts";
import type { ErrorDescription, Protocol } from "./describe-service.ts";

export type ErrorContext = {
  protocol: Protocol;
  /** `undefined` for a request to no known service. */
  service: { name: string; xmlNamespace: string; errors: Map<string, ErrorDescription> } | undefined;
  requestId: string;
  /** The path, which S3 repeats. */
  resource: string;
  /** HEAD answers carry no body, so S3's clients go by the status alone. */
  hasBody: boolean;
  /** Whether the client asked for the code of the query protocol beside the JSON one. */
  wantsQueryCode: boolean;
};

export function writeError(error: AwsError, context: ErrorContext): WireResponse {
  const described = context.service?.errors.get(error.code);
  const status = error.status ?? described?.status ?? 400;
  const isQuery = context.protocol === "query" || context.protocol === "ec2";
  const code = (isQuery ? described?.queryCode : described?.shape) ?? error.code;
  const response: WireResponse = { status, headers: { ...error.extras.headers }, body: "" };
  switch (context.protocol) {
    case "query":
    case "ec2":
    case "rest-xml":
      response.headers["content-type"] =
        context.protocol === "rest-xml" ? "application/xml" : "text/xml;charset=UTF-8";
      response.body = writeXmlError(error, code, status, context);
      break;
    case "rest-json":
      response.headers["content-type"] = "application/json";
      response.headers["x-amzn-errortype"] = code;
      response.body = JSON.stringify({ ...error.extras.members, __type: code, message: error.message });
      break;
    case "json":
      response.headers["content-type"] = "application/x-amz-json-1.1";
      response.body = JSON.stringify({ ...error.extras.members, __type: code, message: error.message });
      break;
    case "rpc-v2-cbor":
      response.headers["content-type"] = "application/cbor";
      response.headers["smithy-protocol"] = "rpc-v2-cbor";
      response.body = cbor.serialize({ ...error.extras.members, __type: code, message: error.message });
      break;
  }
  if (context.wantsQueryCode && described) {
    response.headers["x-amzn-query-error"] = `${described.queryCode};${faultSide(status)}`;
  }
  if (!context.hasBody) response.body = "";
  return response;
}

function writeXmlError(error: AwsError, code: string, status: number, context: ErrorContext): string {
  const { requestId } = context;
  const members = Object.entries(error.extras.members ?? {}).map(([name, value]) =>
    element(name, String(value)),
  );
  const content = `${element("Code", code)}${element("Message", error.message)}${members.join("")}`;
  if (context.protocol === "ec2") {
    return `${xmlDeclaration}<Response><Errors><Error>${content}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
  }
  if (context.protocol === "rest-xml" && (context.service === undefined || context.service.name === "s3")) {
    return `${xmlDeclaration}<Error>${content}${element("Resource", context.resource)}<RequestId>${requestId}</RequestId><HostId>${requestId}</HostId></Error>`;
  }
  const namespace = context.service?.xmlNamespace ? ` xmlns="${context.service.xmlNamespace}"` : "";
  return `${xmlDeclaration}<ErrorResponse${namespace}><Error><Type>${faultSide(status)}</Type>${content}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function faultSide(status: number): "Sender" | "Receiver" {
  return status < 500 ? "Sender" : "Receiver";
}
