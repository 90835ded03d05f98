import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingUser() {
  return (
    <div aria-busy className="px-4 pt-5 sm:px-6">
      <span className="sr-only" role="status">
        Loading the user
      </span>
      <Skeleton className="mt-2 h-4 w-16" />
      <Skeleton className="mt-3 h-8.5 w-64 max-w-full" />
      <Skeleton className="mt-3 h-5 w-80 max-w-full" />
      <div className="mt-6 grid max-w-5xl gap-3 border-t border-line pt-8">
        <Skeleton className="h-6 w-20" />
        <div className="grid gap-2 sm:grid-cols-2">
          {["first", "second", "third", "fourth"].map((card) => (
            <Skeleton key={card} className="h-21" />
          ))}
        </div>
      </div>
    </div>
  );
}
