import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 8 }, (_, index) => `row-${index}`);

export default function LoadingScans() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading scans
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-8.5 w-28" />
        <Skeleton className="mt-1 h-5 w-64 max-w-full" />
      </div>
      <div className="h-9 border-y border-line" />
      {rows.map((row) => (
        <div key={row} className="grid h-[58px] content-center gap-2 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-3 w-24" />
        </div>
      ))}
    </div>
  );
}
