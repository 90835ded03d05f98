import { readJson } from "../../../_shell/read-json.ts";
import type { EntryView } from "./entry-view.ts";

/** An entry never changes, but for being sealed. */
export const entryQuery = (entryId: string) => ({
  queryKey: ["trail-entry", entryId],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    readJson<EntryView>(`/api/audit/entries/${encodeURIComponent(entryId)}`, signal),
  staleTime: 60_000,
  refetchInterval: ({ state }: { state: { data: EntryView | undefined } }) =>
    state.data?.entry.position === null ? (3_000 as const) : (false as const),
});
