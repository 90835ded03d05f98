import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 12 }, (_, index) => `row-${index}`);

/** In the final layout, so that nothing moves when the resources come. */
export default function LoadingResources() {
  return (
    <div aria-busy className="@container/page">
      <span className="sr-only" role="status">
        Loading resources
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="mt-1.5 h-8.5 w-44" />
        <Skeleton className="mt-1 h-5 w-72 max-w-full" />
      </div>
      <div className="flex border-t border-line">
        <div className="w-60 shrink-0 border-r border-line p-6 @max-2xl/page:hidden">
          <Skeleton className="h-64" />
        </div>
        <div className="min-w-0 flex-1">
          <div className="h-13 border-b border-line" />
          {rows.map((row) => (
            <div
              key={row}
              className="grid h-[61px] content-center gap-2 border-b border-line px-4 sm:px-6 @2xl/page:px-4"
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
