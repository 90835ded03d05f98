import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingApprovals() {
  return (
    <div aria-busy className="mx-auto max-w-3xl px-4 pt-6 sm:px-6">
      <span className="sr-only" role="status">
        Loading approvals
      </span>
      <Skeleton className="h-8.5 w-40" />
      <Skeleton className="mt-1 h-5 w-96 max-w-full" />
      <div className="mt-5 h-11 border-b border-line" />
      {["first", "second"].map((card) => (
        <div key={card} className="mt-4 grid gap-3 rounded border border-line bg-surface p-4">
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-11 w-full" />
        </div>
      ))}
    </div>
  );
}
