/** What the rest of Parapet asks of findings. Every one of these narrows to what the scope may see. */
export { type FindingSort, findingSorts } from "./cursor.ts";
export { getFinding } from "./detail.ts";
export { countFacets } from "./facets.ts";
export { matchingFindings } from "./filters.ts";
export { foldFindingCounts, keepFolding } from "./fold.ts";
export { type GroupRequest, listFindingGroups } from "./groups.ts";
export { countFindings, listFindings, type PageRequest } from "./list.ts";
export type { FacetCounts, FindingDetail, FindingGroup, FindingPage, FindingRow } from "./model.ts";
export { readFindingRows } from "./rows.ts";
