import { Skeleton } from "#components/ui/skeleton.tsx";

const parts = ["why", "where", "fix"];

export default function LoadingCheck() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading the check
      </span>
      <div className="px-4 pt-5 pb-6 sm:px-6">
        <Skeleton className="h-8 w-20" />
        <Skeleton className="mt-2 h-8.5 w-96 max-w-full" />
        <Skeleton className="mt-2 h-5 w-64 max-w-full" />
      </div>
      {parts.map((part) => (
        <div key={part} className="grid gap-3 border-t border-line px-4 py-8 sm:px-6">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-16 w-full max-w-2xl" />
        </div>
      ))}
    </div>
  );
}
