/**
 * Finds the operation that a REST request means: by method, URI template, the template's literal query, and the query
 * parameters and headers that the operation requires (these alone tell CopyObject from PutObject).
 */
import type { OperationDescription } from "./describe-service.ts";
import type { WireRequest } from "./http-request.ts";

export type Target = {
  /** Percent-encoded, without the bucket where buckets are addressed. */
  path: string;
  /** Decoded; `null` for a request to the service itself. */
  bucket: string | null;
};

export type RouteMatch = { operation: string; labels: Map<string, string> };

type Segment = { literal: string } | { label: string; isGreedy: boolean };
type Route = {
  operation: string;
  segments: Segment[];
  isGreedy: boolean;
  takesBucket: boolean;
  literals: [name: string, value: string][];
  requiredQuery: string[];
  requiredHeaders: string[];
  /** More of the request explained makes a better match. */
  specificity: number;
};

/** `x-id` only repeats the operation's name, and only some clients send it. */
const operationHint = "x-id";

export class RouteTable {
  readonly #routes = new Map<string, Route[]>();

  constructor(operations: Iterable<OperationDescription>) {
    for (const operation of operations) {
      if (!operation.http) continue;
      const { method } = operation.http;
      const routes = this.#routes.get(method) ?? [];
      routes.push(compileRoute(operation, operation.http.uri));
      this.#routes.set(method, routes);
    }
    for (const routes of this.#routes.values()) routes.sort((a, b) => b.specificity - a.specificity);
  }

  find(request: WireRequest, target: Target): RouteMatch | undefined {
    const hint = request.query.get(operationHint)?.[0];
    const segments = splitPath(target.path);
    const matches = (this.#routes.get(request.method) ?? []).filter((route) =>
      matchesRoute(route, request, target, segments),
    );
    const route = matches.find(({ operation }) => operation === hint) ?? matches[0];
    if (!route) return undefined;
    const labels = readLabels(route, segments);
    if (target.bucket !== null) labels.set("Bucket", encodeURIComponent(target.bucket));
    return { operation: route.operation, labels };
  }
}

function compileRoute(operation: OperationDescription, uri: string): Route {
  const [path = "/", query = ""] = uri.split("?");
  const segments = splitPath(path).map(compileSegment);
  const literals: [string, string][] = [];
  for (const pair of query.split("&")) {
    const [name = "", value = ""] = pair.split("=");
    if (name !== "" && name !== operationHint) literals.push([name, value]);
  }
  const route: Route = {
    operation: operation.name,
    segments,
    isGreedy: segments.some((segment) => "label" in segment && segment.isGreedy),
    takesBucket: false,
    literals,
    requiredQuery: [],
    requiredHeaders: [],
    specificity: 0,
  };
  if (!operation.input.isUnitSchema()) {
    const schema = operation.input.getSchema();
    const requiredCount = Array.isArray(schema) ? Number(schema[6] ?? 0) : 0;
    let index = 0;
    for (const [name, member] of operation.input.structIterator()) {
      const traits = member.getMergedTraits();
      const isRequired = index++ < requiredCount;
      if (traits.httpLabel && name === "Bucket" && !path.includes("{Bucket}")) route.takesBucket = true;
      else if (isRequired && traits.httpQuery) route.requiredQuery.push(traits.httpQuery);
      else if (isRequired && traits.httpHeader) route.requiredHeaders.push(traits.httpHeader.toLowerCase());
    }
  }
  const literalSegments = segments.filter((segment) => "literal" in segment).length;
  route.specificity =
    literalSegments * 100 +
    literals.length * 10 +
    route.requiredQuery.length +
    route.requiredHeaders.length -
    (route.isGreedy ? 1000 : 0);
  return route;
}

function compileSegment(text: string): Segment {
  const label = /^\{([^}+]+)(\+?)\}$/.exec(text);
  return label?.[1] ? { label: label[1], isGreedy: label[2] === "+" } : { literal: text };
}

function splitPath(path: string): string[] {
  const inner = path.startsWith("/") ? path.slice(1) : path;
  return inner === "" ? [] : inner.split("/");
}

function matchesRoute(route: Route, request: WireRequest, target: Target, segments: string[]): boolean {
  if (route.takesBucket !== (target.bucket !== null)) return false;
  const hasLength = route.isGreedy
    ? segments.length >= route.segments.length
    : segments.length === route.segments.length;
  if (!hasLength) return false;
  for (const [index, segment] of route.segments.entries()) {
    if ("literal" in segment && segment.literal !== segments[index]) return false;
    if ("label" in segment && segments[index] === "" && !segment.isGreedy) return false;
  }
  return (
    route.literals.every(([name, value]) => {
      const given = request.query.get(name);
      return given !== undefined && (value === "" || given[0] === value);
    }) &&
    route.requiredQuery.every((name) => request.query.has(name)) &&
    route.requiredHeaders.every((name) => name === accountHeader || request.headers[name] !== undefined)
  );
}

/** S3 Control's account may stand in the host name instead. */
const accountHeader = "x-amz-account-id";

/** A greedy label takes what the segments after it leave. */
function readLabels(route: Route, segments: string[]): Map<string, string> {
  const labels = new Map<string, string>();
  let position = 0;
  for (const [index, segment] of route.segments.entries()) {
    if ("literal" in segment) position++;
    else if (segment.isGreedy) {
      const end = segments.length - (route.segments.length - index - 1);
      labels.set(segment.label, segments.slice(position, end).join("/"));
      position = end;
    } else labels.set(segment.label, segments[position++] ?? "");
  }
  return labels;
}
