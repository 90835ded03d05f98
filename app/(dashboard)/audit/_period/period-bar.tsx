import type { ReactNode } from "react";
import type { TrailSearch } from "../search-params.ts";
import { PeriodChoice } from "./period-choice.tsx";

/** The line under the tabs of a page that tells of a stretch of time alone. */
export const PeriodBar = ({ search, children }: { search: TrailSearch; children?: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 sm:px-6">
    <PeriodChoice search={search} />
    {children ? <p className="text-13 text-ink-soft">{children}</p> : null}
  </div>
);
