import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingWelcome() {
  return (
    <div aria-busy className="px-4 pt-8 sm:px-6">
      <span className="sr-only" role="status">
        Loading
      </span>
      <Skeleton className="h-8.5 w-72 max-w-full" />
      <Skeleton className="mt-1 h-5 w-96 max-w-full" />
      <div className="mt-8 grid max-w-3xl gap-2 sm:grid-cols-2">
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </div>
    </div>
  );
}
