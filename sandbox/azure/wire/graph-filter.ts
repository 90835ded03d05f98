import { AzureError, type GraphObject } from "#sandbox/azure/model.ts";

/**
 * The part of OData's `$filter` that the sandbox knows: `eq` and `ne` with texts, booleans, numbers and null, joined by
 * `and`. Anything else is refused rather than guessed at.
 */
export function matchesFilter(object: GraphObject, filter: string): boolean {
  return filter.split(/ and /i).every((term) => {
    const [, path = "", operator = "", literal = ""] = /^\s*([\w/]+)\s+(eq|ne)\s+(.+?)\s*$/i.exec(term) ?? [];
    if (path === "")
      throw new AzureError(
        400,
        "Request_UnsupportedQuery",
        `Unsupported or invalid query filter clause '${term}'.`,
      );
    const isEqual = valueAt(object, path) === literalValue(literal);
    return operator.toLowerCase() === "eq" ? isEqual : !isEqual;
  });
}

function valueAt(object: GraphObject, path: string): unknown {
  let at: unknown = object;
  for (const step of path.split("/")) {
    at = typeof at === "object" && at !== null && step in at ? Reflect.get(at, step) : null;
  }
  return at;
}

function literalValue(literal: string): unknown {
  const text = /^'((?:[^']|'')*)'$/.exec(literal)?.[1];
  if (text !== undefined) return text.replaceAll("''", "'");
  if (literal === "true" || literal === "false") return literal === "true";
  if (literal === "null") return null;
  const number = Number(literal);
  if (Number.isNaN(number))
    throw new AzureError(400, "Request_UnsupportedQuery", `Unsupported value '${literal}'.`);
  return number;
}
