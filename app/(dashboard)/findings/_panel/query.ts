import { findingKey } from "../../../_shell/query-keys.ts";
import { readJson } from "../../../_shell/read-json.ts";
import type { PanelView } from "./panel-view.ts";

/** How the panel's finding is asked for, also ahead of time. */
export const panelQuery = (id: string) => ({
  queryKey: findingKey(id),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    readJson<PanelView>(`/api/findings/${encodeURIComponent(id)}`, signal),
});
