import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 9 }, (_, index) => `row-${index}`);

export default function LoadingTrail() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Reading the trail
      </span>
      <div className="flex items-center gap-2 border-b border-line px-4 py-2.5 sm:px-6">
        <Skeleton className="h-8 w-52" />
        <Skeleton className="h-8 w-64 max-sm:hidden" />
      </div>
      <div className="border-b border-line px-4 pt-3 pb-1.5 sm:px-6">
        <Skeleton className="h-4.5 w-48" />
        <Skeleton className="mt-1.5 h-28 max-sm:h-24" />
      </div>
      {rows.map((row) => (
        <div key={row} className="grid h-[57px] content-center gap-2 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-96 max-w-full" />
          <Skeleton className="h-3 w-56" />
        </div>
      ))}
    </div>
  );
}
