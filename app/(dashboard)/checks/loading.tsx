import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 12 }, (_, index) => `row-${index}`);

export default function LoadingChecks() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading checks
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-8.5 w-32" />
        <Skeleton className="mt-1 h-5 w-80 max-w-full" />
      </div>
      <div className="h-[92px]" />
      <div className="h-10 border-t border-line" />
      {rows.map((row) => (
        <div key={row} className="grid h-[59px] content-center gap-2 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-3 w-1/5" />
        </div>
      ))}
    </div>
  );
}
