import type { Related } from "#lib/checks/model.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";

/** How completely an account's resources of each kind were read, region by region. */
export class Completeness {
  readonly #regions = new Map<string, Map<string, boolean>>();

  set(kind: string, region: string, complete: boolean): void {
    const regions = this.#regions.get(kind) ?? new Map<string, boolean>();
    this.#regions.set(kind, regions);
    regions.set(region, complete);
  }

  /** A kind, or a region of it, that was never tried is not complete. */
  of(kind: string, region?: string): boolean {
    const regions = this.#regions.get(kind);
    if (!regions) return false;
    if (region === undefined) return [...regions.values()].every(Boolean);
    // What is read for all regions at once is as complete in each of them.
    return regions.get(region) ?? regions.get("global") ?? false;
  }
}

/** An account's resources as checks with context look them up. */
export function relatedIndex(resources: Iterable<Resource>, completeness: Completeness): Related<Kind> {
  const byPlace = new Map<string, Resource[]>();
  const put = (place: string, resource: Resource) => {
    const list = byPlace.get(place);
    if (list) list.push(resource);
    else byPlace.set(place, [resource]);
  };
  for (const resource of resources) {
    put(resource.kind, resource);
    put(`${resource.kind} ${resource.region}`, resource);
  }
  return {
    of<K extends Kind>(kind: K, region?: string) {
      const items = byPlace.get(region === undefined ? kind : `${kind} ${region}`) ?? [];
      return { items: items as unknown as readonly Resource<K>[], complete: completeness.of(kind, region) };
    },
  };
}
