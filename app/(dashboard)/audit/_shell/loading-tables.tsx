import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = Array.from({ length: 9 }, (_, index) => `row-${index}`);

/** While a page of figures counts. */
export function LoadingTables() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Counting
      </span>
      <div className="flex border-b border-line px-4 py-2.5 sm:px-6">
        <Skeleton className="h-8 w-56 max-sm:h-10" />
      </div>
      {rows.map((row) => (
        <div key={row} className="grid h-[45px] content-center border-b border-line px-4 sm:px-6">
          <Skeleton className="h-4 w-96 max-w-full" />
        </div>
      ))}
    </div>
  );
}
