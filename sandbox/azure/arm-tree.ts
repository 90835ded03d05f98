import type { ArmResource } from "./model.ts";
import { AzureError } from "./model.ts";
import { parseArmPath } from "./wire/arm-path.ts";

/**
 * The resources of a subscription. Ids are told apart without regard to case, as Azure does, and kept as they came. What
 * was put first is listed first.
 */
export class ArmTree {
  readonly #byId = new Map<string, ArmResource>();
  readonly #byType = new Map<string, Map<string, ArmResource>>();
  readonly #byCollection = new Map<string, Map<string, ArmResource>>();

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): ArmResource | null {
    return this.#byId.get(id.toLowerCase()) ?? null;
  }

  /** Adds a resource, or replaces the one with its id. */
  put(resource: ArmResource): ArmResource {
    const key = resource.id.toLowerCase();
    this.#byId.set(key, resource);
    indexed(this.#byType, resource.type.toLowerCase()).set(key, resource);
    indexed(this.#byCollection, collectionOf(key)).set(key, resource);
    return resource;
  }

  /** Removes a resource and all that lies below it. */
  delete(id: string): void {
    const key = id.toLowerCase();
    for (const [found, resource] of this.#byId) {
      if (found !== key && !found.startsWith(`${key}/`)) continue;
      this.#byId.delete(found);
      this.#byType.get(resource.type.toLowerCase())?.delete(found);
      this.#byCollection.get(collectionOf(found))?.delete(found);
    }
  }

  /** All resources of a type; those of one resource group when `below` is its id. */
  ofType(type: string, below?: string): ArmResource[] {
    const all = [...(this.#byType.get(type.toLowerCase())?.values() ?? [])];
    if (below === undefined) return all;
    const start = `${below.toLowerCase()}/`;
    return all.filter((resource) => resource.id.toLowerCase().startsWith(start));
  }

  /** What lies directly in a collection, such as `…/storageAccounts/acme/blobServices`. */
  in(collection: string): ArmResource[] {
    return [...(this.#byCollection.get(collection.toLowerCase())?.values() ?? [])];
  }

  /** The resource groups. */
  groups(): ArmResource[] {
    return this.ofType(groupType);
  }

  all(): IterableIterator<ArmResource> {
    return this.#byId.values();
  }

  /** How many there are of each type. */
  count(): Record<string, number> {
    const counted = [...this.#byType.values()].flatMap((found): [string, number][] => {
      const [first] = found.values();
      return first ? [[first.type, found.size]] : [];
    });
    return Object.fromEntries(counted.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export const groupType = "Microsoft.Resources/resourceGroups";

const collectionOf = (key: string): string => key.slice(0, key.lastIndexOf("/"));

function indexed(index: Map<string, Map<string, ArmResource>>, key: string): Map<string, ArmResource> {
  const found = index.get(key) ?? new Map<string, ArmResource>();
  index.set(key, found);
  return found;
}

/** The name and type that an id tells. */
export function describeId(id: string): { name: string; type: string } {
  const path = parseArmPath(id);
  const name = path.names.at(-1);
  if (!name || path.isCollection)
    throw new AzureError(400, "InvalidResourceId", `${id} is no resource's id.`);
  return { name, type: path.type };
}
