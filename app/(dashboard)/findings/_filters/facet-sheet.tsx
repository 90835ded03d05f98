"use client";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { FacetView } from "../facets.ts";
import type { FindingSearch } from "../search-params.ts";
import { FacetRail } from "./facet-rail.tsx";

/** The facet rail on screens that have no room for it beside the list. */
export function FacetSheet({
  chosen,
  search,
  view,
}: {
  chosen: number;
  search: FindingSearch;
  view: FacetView;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className="@[52rem]/page:hidden">
      <Button size="sm" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden strokeWidth={1.6} className="size-4" />
        Filters
        {chosen > 0 ? <span className="text-ink-faint">{chosen}</span> : null}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Filters"
        footer={
          <Button look="primary" onClick={() => setOpen(false)}>
            Show {view.total.toLocaleString("en")}
          </Button>
        }
      >
        <FacetRail search={search} view={view} className="-mx-5 -mt-4" />
      </Dialog>
    </div>
  );
}
