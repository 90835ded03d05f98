/** Tells which service and operation a request means, in which protocol, from what the request itself says. */

import type { FormNode } from "./codec-query.ts";
import { parseForm } from "./codec-query.ts";
import type { CompiledOperation, CompiledService } from "./compile-service.ts";
import type { Protocol } from "./describe-service.ts";
import { FrontError } from "./error-codes.ts";
import { decodePercent, readHeader, type WireRequest } from "./http-request.ts";
import type { Target } from "./routes.ts";

export type Resolution = {
  service: CompiledService;
  operation: CompiledOperation;
  labels: Map<string, string>;
  form: FormNode | null;
};

/** How the request speaks, readable before it is known to whom. */
export type Speech = {
  protocol: Protocol | "rest";
  /** What names the operation in the protocols without paths of their own. */
  operationName: string | undefined;
  form: FormNode | null;
};

export function readSpeech(request: WireRequest): Speech {
  if (readHeader(request, "smithy-protocol") === "rpc-v2-cbor") {
    const match = /\/service\/[^/]+\/operation\/([^/]+)$/.exec(request.rawPath);
    return { protocol: "rpc-v2-cbor", operationName: match?.[1], form: null };
  }
  const target = readHeader(request, "x-amz-target");
  if (target !== undefined) {
    return { protocol: "json", operationName: target.slice(target.lastIndexOf(".") + 1), form: null };
  }
  const isForm = readHeader(request, "content-type")?.startsWith("application/x-www-form-urlencoded");
  if (isForm || request.query.has("Action")) {
    const form = parseForm(
      isForm && request.body.length > 0 ? request.body.toString("utf8") : request.rawQuery,
    );
    const operationName = form.children?.get("Action")?.value;
    if (operationName !== undefined) return { protocol: "query", operationName, form };
  }
  return { protocol: "rest", operationName: undefined, form: null };
}

/** The protocol to answer in: EC2 has its own dialect of the query protocol. */
export function settleProtocol(speech: Speech, service: CompiledService | undefined): Protocol {
  const own = service?.description.protocol;
  if (speech.protocol === "query") return own === "ec2" ? "ec2" : "query";
  if (speech.protocol !== "rest") return speech.protocol;
  return own ?? "rest-xml";
}

/** Of the services that sign under one name (S3 and S3 Control), the one that the request's path belongs to. */
export function pickService(services: CompiledService[], request: WireRequest): CompiledService | undefined {
  if (services.length < 2) return services[0];
  const isControl = isS3Control(request);
  return services.find(({ description }) => (description.name === "s3control") === isControl) ?? services[0];
}

function isS3Control(request: WireRequest): boolean {
  return (
    request.rawPath.startsWith("/v20180820/") &&
    (request.headers["x-amz-account-id"] !== undefined || /^\d{12}\./.test(request.headers.host ?? ""))
  );
}

/** Throws `FrontError` when the service has no such operation. */
export function resolveOperation(request: WireRequest, speech: Speech, service: CompiledService): Resolution {
  if (speech.protocol !== "rest") {
    const name = speech.operationName ?? "";
    const operation = service.operations.get(name);
    if (!operation) {
      throw new FrontError("unknown-operation", `${service.description.name} has no operation ${name}.`);
    }
    return { service, operation, labels: new Map(), form: speech.form };
  }
  const match = service.routes.find(request, readTarget(request, service));
  const operation = match && service.operations.get(match.operation);
  if (!operation) {
    throw new FrontError(
      "unknown-operation",
      `${service.description.name} has no operation for ${request.method} ${request.rawPath}.`,
    );
  }
  return { service, operation, labels: match.labels, form: null };
}

/** S3 finds its bucket in the host name or in the path's first segment; no other service has such a thing. */
function readTarget(request: WireRequest, service: CompiledService): Target {
  if (service.description.name !== "s3") return { path: request.rawPath, bucket: null };
  const hosted = readHostedBucket(request.headers.host ?? "");
  if (hosted !== null) return { path: request.rawPath, bucket: hosted };
  const path = request.rawPath.slice(1);
  if (path === "") return { path: "/", bucket: null };
  const slash = path.indexOf("/");
  if (slash === -1) return { path: "/", bucket: decodePercent(path) };
  return { path: path.slice(slash), bucket: decodePercent(path.slice(0, slash)) };
}

/** `bucket.localhost:4566`, `bucket.127.0.0.1:4566`, `bucket.s3.eu-west-1.amazonaws.com`. */
function readHostedBucket(host: string): string | null {
  const name = host.replace(/:\d+$/, "");
  const match = /^(.+)\.(?:localhost|127\.0\.0\.1|s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com)$/.exec(name);
  return match?.[1] && match[1] !== "s3" ? match[1] : null;
}
