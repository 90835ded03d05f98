import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 8 }, (_, index) => `row-${index}`);

export default function LoadingAccounts() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading accounts
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-8.5 w-44" />
        <Skeleton className="mt-1 h-5 w-80 max-w-full" />
      </div>
      <div className="h-9 border-y border-line" />
      {rows.map((row) => (
        <div key={row} className="flex h-[57px] items-center gap-3 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-6 w-9" />
          <div className="grid gap-2">
            <Skeleton className="h-4 w-44" />
            <Skeleton className="h-3 w-28" />
          </div>
        </div>
      ))}
    </div>
  );
}
