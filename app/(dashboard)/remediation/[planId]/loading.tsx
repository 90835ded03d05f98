import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingPlan() {
  return (
    <div aria-busy className="px-4 pt-5 sm:px-6">
      <span className="sr-only" role="status">
        Loading the plan
      </span>
      <Skeleton className="h-8 w-28" />
      <Skeleton className="mt-1 h-8.5 w-96 max-w-full" />
      <Skeleton className="mt-2 h-5 w-[34rem] max-w-full" />
      <Skeleton className="mt-6 h-9 w-40" />
      <div className="mt-8 grid gap-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Skeleton className="h-80" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
