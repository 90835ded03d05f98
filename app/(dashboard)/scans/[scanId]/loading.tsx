import { Skeleton } from "#components/ui/skeleton.tsx";

const figures = Array.from({ length: 8 }, (_, index) => `figure-${index}`);

export default function LoadingScan() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading the scan
      </span>
      <div className="px-4 pt-5 pb-6 sm:px-6">
        <Skeleton className="h-8 w-20" />
        <Skeleton className="mt-1 h-8.5 w-72 max-w-full" />
        <Skeleton className="mt-1 h-5 w-96 max-w-full" />
      </div>
      <div className="grid grid-cols-2 gap-px border-y border-line bg-line sm:grid-cols-4 xl:grid-cols-8">
        {figures.map((figure) => (
          <div key={figure} className="grid gap-2 bg-ground px-4 py-3.5 sm:px-5">
            <Skeleton className="h-4 w-16" />
            <Skeleton className="h-6 w-12" />
          </div>
        ))}
      </div>
      <div className="px-4 pt-8 sm:px-6">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="mt-5 h-64" />
      </div>
    </div>
  );
}
