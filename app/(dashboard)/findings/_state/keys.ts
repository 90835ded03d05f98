/** Keys of what the workbench reads; each is followed by the query that it was asked with. */
export const findingsKeys = {
  all: ["findings"] as const,
  lists: ["findings", "list"] as const,
  list: (query: string) => ["findings", "list", query] as const,
  facets: (query: string) => ["findings", "facets", query] as const,
  allFacets: ["findings", "facets"] as const,
  groups: (query: string) => ["findings", "groups", query] as const,
  allGroups: ["findings", "groups"] as const,
  people: ["findings-people"] as const,
  views: ["findings-views"] as const,
  changes: ["findings-changes"] as const,
  change: (id: string) => ["findings-changes", id] as const,
};
