import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingInvite() {
  return (
    <div aria-busy className="px-4 pt-5 sm:px-6">
      <span className="sr-only" role="status">
        Loading the invitation
      </span>
      <Skeleton className="mt-2 h-4 w-16" />
      <Skeleton className="mt-3 h-8.5 w-56" />
      <Skeleton className="mt-2 h-5 w-96 max-w-full" />
      <div className="mt-8 grid max-w-3xl gap-5 sm:grid-cols-2">
        <Skeleton className="h-15" />
        <Skeleton className="h-15" />
      </div>
    </div>
  );
}
