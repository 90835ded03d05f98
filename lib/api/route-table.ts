import { DomainError } from "../errors.ts";
import type { Operation } from "./operation.ts";
import { ApiProblem } from "./problem.ts";

/** Finds the operation of a method and a path below /api/v1, with what stands in its braces. */
export type RouteTable = (
  method: string,
  path: string,
) => { operation: Operation; params: Record<string, string> };

/**
 * Makes the table of some operations. Asked for a path that isn't there it throws `not_found`, and for another method
 * than it takes `method_not_allowed`.
 */
export function routeTable(operations: readonly Operation[]): RouteTable {
  const routes = operations.map((operation) => ({ operation, parts: operation.path.slice(1).split("/") }));
  // A word is preferred to a parameter: /findings/facets is no finding.
  routes.sort((a, b) => countParams(a.parts) - countParams(b.parts));
  return (method, path) => {
    const given = path.replace(/^\//, "").split("/");
    const fitting = routes.filter(({ parts }) => fits(parts, given));
    const fewest = fitting[0] ? countParams(fitting[0].parts) : 0;
    const closest = fitting.filter(({ parts }) => countParams(parts) === fewest);
    const found = closest.find(({ operation }) => operation.method === method);
    if (found) return { operation: found.operation, params: paramsOf(found.parts, given) };
    if (closest.length === 0) {
      throw new DomainError(
        "not_found",
        "There is no such address. /api/v1/openapi.json names those there are.",
      );
    }
    const allow = closest.map(({ operation }) => operation.method).join(", ");
    throw new ApiProblem("method_not_allowed", `This address takes ${allow}.`, { allow });
  };
}

const isParam = (part: string): boolean => part.startsWith("{");
const countParams = (parts: readonly string[]): number => parts.filter(isParam).length;

const fits = (parts: readonly string[], given: readonly string[]): boolean =>
  parts.length === given.length &&
  parts.every((part, index) => (isParam(part) ? given[index] !== "" : part === given[index]));

function paramsOf(parts: readonly string[], given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap((part, index) => (isParam(part) ? [[part.slice(1, -1), decode(given[index] ?? "")]] : [])),
  );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray per cent sign: no id has one.
    throw new DomainError("not_found", "There is nothing here.");
  }
}
