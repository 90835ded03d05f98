import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 8 }, (_, index) => `row-${index}`);

export default function LoadingRemediation() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading the plans
      </span>
      <div className="px-4 pt-6 sm:px-6">
        <Skeleton className="h-8.5 w-48" />
        <Skeleton className="mt-1 h-5 w-96 max-w-full" />
      </div>
      <div className="mt-4 h-[45px] border-b border-line" />
      {rows.map((row) => (
        <div key={row} className="grid h-[66px] content-center gap-2 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-64 max-w-full" />
          <Skeleton className="h-3 w-40" />
        </div>
      ))}
    </div>
  );
}
