"use client";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

/** The facet rail on screens that have no room for it beside the list. */
export function FacetSheet({
  chosen,
  total,
  className,
  children,
}: {
  chosen: number;
  total: number;
  /** Hides it where the rail has room. */
  className: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className={className}>
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
