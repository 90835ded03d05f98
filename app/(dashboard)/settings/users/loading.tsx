import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 6 }, (_, index) => `row-${index}`);

export default function LoadingUsers() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading users
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-8.5 w-36" />
        <Skeleton className="mt-1 h-5 w-80 max-w-full" />
      </div>
      <div className="h-9 border-y border-line" />
      {rows.map((row) => (
        <div key={row} className="grid h-[57px] content-center gap-2 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-44" />
          <Skeleton className="h-3 w-56" />
        </div>
      ))}
    </div>
  );
}
