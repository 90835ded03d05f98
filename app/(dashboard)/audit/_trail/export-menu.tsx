"use client";
import { Download } from "lucide-react";
import { Menu } from "#components/ui/menu.tsx";
import { queryOf } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";

const item =
  "flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 text-left text-13 text-ink outline-none transition-colors duration-120 hover:bg-hover focus-visible:bg-selected max-sm:min-h-10";

/** Takes along what is listed, all of it. That is an entry of the trail itself. */
export function ExportMenu({ search }: { search: TrailSearch }) {
  const path = (format: "csv" | "json") => `/api/audit/export?${queryOf(search)}&format=${format}`;
  return (
    <div className="ml-auto">
      <Menu
        label="Export"
        face={
          <>
            <Download aria-hidden strokeWidth={1.6} className="size-4" />
            Export
          </>
        }
        className="border border-line-strong bg-surface px-2.5 text-ink"
      >
        <a role="menuitem" tabIndex={-1} href={path("csv")} download className={item}>
          As a table (CSV)
        </a>
        <a role="menuitem" tabIndex={-1} href={path("json")} download className={item}>
          With its proof (JSON)
        </a>
      </Menu>
    </div>
  );
}
