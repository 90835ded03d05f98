import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 9 }, (_, index) => `row-${index}`);

export default function LoadingPlaybooks() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading playbooks
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-8.5 w-40" />
        <Skeleton className="mt-1 h-5 w-[30rem] max-w-full" />
      </div>
      <div className="h-11" />
      {rows.map((row) => (
        <div key={row} className="grid h-[84px] content-center gap-2 border-t border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-3 w-3/5" />
        </div>
      ))}
    </div>
  );
}
