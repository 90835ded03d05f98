import { findingsHref, readSearch } from "../hrefs.ts";

/** Shows a view as it was saved, in place of whatever is shown. */
export function goToView(query: string, view?: string): void {
  const search = readSearch(new URLSearchParams(query));
  window.history.pushState(null, "", findingsHref(search, { view }));
}
