import { Skeleton } from "#components/ui/skeleton.tsx";

/** In the final layout, so that nothing moves when the resource comes. */
export default function LoadingResource() {
  return (
    <div aria-busy className="@container/page">
      <span className="sr-only" role="status">
        Loading the resource
      </span>
      <div className="border-b border-line px-4 pt-5 pb-5 sm:px-6">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="mt-3 h-4 w-32" />
        <Skeleton className="mt-1 h-8.5 w-72 max-w-full" />
        <Skeleton className="mt-2 h-5 w-96 max-w-full" />
      </div>
      <div className="grid gap-10 px-4 pt-7 sm:px-6 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="grid gap-4">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-32" />
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-64" />
        </div>
        <Skeleton className="h-80" />
      </div>
    </div>
  );
}
