import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 10 }, (_, index) => `row-${index}`);
const facets = Array.from({ length: 9 }, (_, index) => `facet-${index}`);

/** In the final layout, so that nothing moves when the findings come. */
export default function LoadingFindings() {
  return (
    <div aria-busy className="@container/page">
      <span className="sr-only" role="status">
        Loading findings
      </span>
      <div className="grid gap-x-12 gap-y-5 px-4 pt-6 pb-4 sm:px-6 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(0,37rem)] @4xl/page:items-end">
        <div>
          <Skeleton className="h-4 w-16" />
          <Skeleton className="mt-1.5 h-8.5 w-44" />
          <Skeleton className="mt-1 h-5 w-72 max-w-full sm:mb-5" />
        </div>
        <Skeleton className="h-14" />
      </div>
      <div className="h-10 border-t border-line" />
      <div className="flex border-t border-line">
        <div className="grid w-60 shrink-0 content-start gap-3 border-r border-line p-6 @max-[52rem]/page:hidden">
          {facets.map((facet) => (
            <Skeleton key={facet} className="h-4" />
          ))}
        </div>
        <div className="min-w-0 flex-1">
          <div className="h-13 border-b border-line max-sm:h-25" />
          <div className="h-9 border-b border-line" />
          {rows.map((row) => (
            <div
              key={row}
              className="grid h-[57px] content-center gap-2 border-b border-line px-4 max-sm:h-[101px] sm:px-6"
            >
              <Skeleton className="h-4 w-3/5" />
              <Skeleton className="h-3 w-2/5" />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
