import type { GcpCall, GcpRoute } from "../../model.ts";
import { listAnswer, pageOf } from "../../paging.ts";
import {
  type ComputeCollection,
  computeState,
  found,
  gcpRegions,
  linkTo,
  scopeOf,
  zonesOf,
} from "./state.ts";

const sizes = { defaultSize: 500, maxSize: 500 };
const root = "/compute/v1/projects/{project}";

export type Listed = {
  collection: ComputeCollection;
  /** The resource's name in `kind`, such as `instance` in `compute#instanceList`. */
  noun: string;
  /** Its kind of permission, where that is not the collection's name. */
  permission?: string;
  places: readonly ("zones" | "regions" | "global")[];
};

/** The calls that read a collection: all of it, that of one place, and one by name. */
export function readingRoutes(listed: Listed): GcpRoute[] {
  const { collection, places, permission = collection } = listed;
  const list = [`compute.${permission}.list`];
  const aggregated: GcpRoute = {
    method: "GET",
    path: `${root}/aggregated/${collection}`,
    permissions: list,
    handler: (call) => aggregatedAnswer(call, listed),
  };
  const ofPlaces = places.flatMap((place): GcpRoute[] => {
    const path = `${root}/${place === "global" ? place : `${place}/{place}`}/${collection}`;
    return [
      { method: "GET", path, permissions: list, handler: (call) => scopedAnswer(call, listed) },
      {
        method: "GET",
        path: `${path}/{name}`,
        permissions: [`compute.${permission}.get`],
        handler: (call) => found(call, collection),
      },
    ];
  });
  const isGlobal = places.every((place) => place === "global");
  return isGlobal ? ofPlaces : [aggregated, ...ofPlaces];
}

/** One page of a place's resources. */
function scopedAnswer(call: GcpCall, { collection, noun }: Listed): object {
  const scope = scopeOf(call.path.replace(/^.*?\/projects\/[^/]+\//, ""));
  const here = [...computeState(call.project, collection)].filter(([path]) => scopeOf(path) === scope);
  return listAnswer(
    call,
    "items",
    here.map(([, resource]) => resource),
    listHead(call, `${noun}List`, `${scope}/${collection}`),
    sizes,
  );
}

/** One page of all places' resources, place by place; a place without any on the page says so by a warning. */
function aggregatedAnswer(call: GcpCall, { collection, noun, places }: Listed): object {
  const scopes = places.flatMap((place) =>
    place === "global"
      ? ["global"]
      : gcpRegions.flatMap((region) =>
          place === "regions" ? [`regions/${region}`] : zonesOf(region).map((zone) => `zones/${zone}`),
        ),
  );
  const order = new Map(scopes.map((scope, index) => [scope, index]));
  const all = [...computeState(call.project, collection)]
    .map(([path, resource]) => ({ scope: scopeOf(path), resource }))
    .sort((a, b) => (order.get(a.scope) ?? 0) - (order.get(b.scope) ?? 0));
  const { items, nextPageToken } = pageOf(call, all, sizes);
  const byScope = new Map<string, object[]>();
  for (const { scope, resource } of items) byScope.set(scope, [...(byScope.get(scope) ?? []), resource]);
  return {
    ...listHead(call, `${noun}AggregatedList`, `aggregated/${collection}`),
    items: Object.fromEntries(
      scopes.map((scope) => {
        const here = byScope.get(scope);
        return [scope, here ? { [collection]: here } : { warning: noResults(scope) }];
      }),
    ),
    ...(nextPageToken ? { nextPageToken } : {}),
  };
}

const noResults = (scope: string) => ({
  code: "NO_RESULTS_ON_PAGE",
  message: `There are no results for scope '${scope}' on this page.`,
  data: [{ key: "scope", value: scope }],
});

const listHead = ({ project }: GcpCall, kind: string, path: string) => ({
  kind: `compute#${kind}`,
  id: `projects/${project.id}/${path}`,
  selfLink: linkTo(project, path),
});
