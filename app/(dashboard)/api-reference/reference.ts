import { type ApiOperation, openApiDocument } from "#lib/api/openapi.ts";

/** One operation with where it is. */
export type Entry = { method: string; path: string; operation: ApiOperation };

/** The document's operations by group, in its order; with some words, those that have them all. */
export function findEntries(words: string): { tag: string; entries: Entry[] }[] {
  const { paths, tags } = openApiDocument();
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((entry) => {
    const text = textOf(entry);
    return wanted.every((word) => text.includes(word));
  });
  return tags
    .map(({ name }) => ({
      tag: name,
      entries: found.filter(({ operation }) => operation.tags.includes(name)),
    }))
    .filter(({ entries }) => entries.length > 0);
}

const textOf = ({ method, path, operation }: Entry): string =>
  [
    ...[
      method,
      path,
      operation.operationId,
      operation.summary,
      operation.description,
      operation["x-permission"],
    ],
    ...(operation.parameters ?? []).map(({ name }) => name),
  ]
    .join(" ")
    .toLowerCase();
