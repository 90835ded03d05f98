"use client";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** The facet rail on screens that have no room for it beside the list. */
export function FacetSheet({
  chosen,
  total,
  children,
}: {
  chosen: number;
  total: number;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className="@2xl/page:hidden">
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
            Show {total.toLocaleString("en")}
          </Button>
        }
      >
        {children}
      </Dialog>
    </div>
  );
}
