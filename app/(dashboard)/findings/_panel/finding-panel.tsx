"use client";
import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { Ref } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { PanelBody } from "./panel-body.tsx";
import type { PanelView } from "./panel-view.ts";

/** Beside the table where there is room, over it where there is not; never modal, so the table stays in use. */
export function FindingPanel({
  ref,
  query,
  initial,
  onClose,
  now,
}: {
  ref: Ref<HTMLElement>;
  id: string;
  query: Pick<UseQueryOptions<PanelView>, "queryKey" | "queryFn">;
  initial: PanelView | undefined;
  onClose: () => void;
  now: string;
}) {
  const { data, error, refetch } = useQuery({ ...query, initialData: initial });
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-label={data ? `Finding: ${data.title}` : "Finding"}
      data-panel
      className="fixed inset-0 z-30 overflow-y-auto overscroll-contain border-line bg-surface outline-none fade-in lg:top-(--top) lg:left-auto lg:z-10 lg:w-[27rem] lg:border-l xl:w-[33rem]"
    >
      <div className="sticky top-0 z-10 flex h-12 items-center justify-between gap-3 border-b border-line bg-surface pr-2 pl-5">
        <span className="label-caps">Finding</span>
        <span className="flex items-center gap-1">
          <span className="mr-2 text-12 text-ink-faint max-lg:hidden">J and K move, Esc closes</span>
          <IconButton label="Close the finding" onClick={onClose}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </span>
      </div>
      {data ? (
        <PanelBody view={data} now={now} />
      ) : error ? (
        <ErrorState
          title="This finding could not be shown"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          {error.message}
        </ErrorState>
      ) : (
        <PanelSkeleton />
      )}
    </aside>
  );
}

const PanelSkeleton = () => (
  <div aria-busy className="grid gap-4 px-5 py-5">
    <span className="sr-only">Loading the finding</span>
    <Skeleton className="h-4.5 w-24" />
    <Skeleton className="h-7 w-4/5" />
    <Skeleton className="h-4 w-2/3" />
    <Skeleton className="mt-2 h-20" />
    <Skeleton className="h-40" />
  </div>
);
