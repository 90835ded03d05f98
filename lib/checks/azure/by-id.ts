import type { Kind, Resource } from "#lib/inventory/model.ts";
import { idKey } from "./same-id.ts";

const indexes = new WeakMap<object, ReadonlyMap<string, unknown>>();

/**
 * Finds resources by ARM id. A check is asked about each of thousands of resources with the same list of others, so the
 * list's index is kept for as long as the list is.
 */
export function byId<K extends Kind>(items: readonly Resource<K>[], id: string): Resource<K> | undefined {
  const known = indexes.get(items) as ReadonlyMap<string, Resource<K>> | undefined;
  const index = known ?? new Map(items.map((item) => [idKey(item.uid), item]));
  if (!known) indexes.set(items, index);
  return index.get(idKey(id));
}

/** The last name in an ARM id, as a person calls the thing. */
export const nameIn = (id: string): string => id.split("/").at(-1) ?? id;
