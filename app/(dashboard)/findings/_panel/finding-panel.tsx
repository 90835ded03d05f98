"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type Ref, useState } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { changeSearch } from "../_state/search.ts";
import type { PanelTab } from "../choices.ts";
import { panelTabs } from "../choices.ts";
import { AboutFinding } from "./about-finding.tsx";
import { AboutResource } from "./about-resource.tsx";
import { Activity } from "./activity.tsx";
import { PanelHead } from "./panel-head.tsx";
import type { PanelView } from "./panel-view.ts";
import { panelQuery } from "./query.ts";

/** Beside the list where there is room, over it where there is not; never modal, so the list stays in use. */
export default function FindingPanel({
  ref,
  id,
  tab,
  initial,
  onClose,
  onMove,
}: {
  ref: Ref<HTMLElement>;
  id: string;
  tab: PanelTab;
  initial: PanelView | undefined;
  onClose: () => void;
  onMove: (step: 1 | -1) => void;
}) {
  const { data, error, refetch } = useQuery({
    ...panelQuery(id),
    ...(initial ? { initialData: initial } : {}),
  });
  // Kept while moving from finding to finding.
  const [way, setWay] = useState("console");
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-label={data ? `Finding: ${data.title}` : "Finding"}
      data-panel
      className="fixed inset-0 z-30 overflow-y-auto overscroll-contain border-line bg-surface outline-none fade-in lg:top-(--top) lg:left-auto lg:z-10 lg:w-[27rem] lg:border-l xl:w-[33rem]"
    >
      <div className="sticky top-0 z-10 flex h-12 items-center gap-1 border-b border-line bg-surface pr-2 pl-5">
        <span className="label-caps mr-auto">Finding</span>
        <IconButton label="Finding before (k)" onClick={() => onMove(-1)}>
          <ChevronUp aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Next finding (j)" onClick={() => onMove(1)}>
          <ChevronDown aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Close the finding" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      {data ? (
        <div className="px-5 pt-5 pb-10">
          <PanelHead view={data} />
          <div className="mt-4">
            <Tabs
              label="About the finding"
              chosen={tab}
              onChoose={(next) => {
                const found = panelTabs.find((each) => each === next);
                if (found) changeSearch({ tab: found }, "replace");
              }}
              tabs={[
                {
                  id: "finding",
                  label: "Finding",
                  content: <AboutFinding view={data} way={way} onWay={setWay} />,
                },
                { id: "resource", label: "Resource", content: <AboutResource view={data} /> },
                {
                  id: "activity",
                  label: `Activity ${data.timeline.length}`,
                  content: <Activity key={data.id} view={data} />,
                },
              ]}
            />
          </div>
        </div>
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
