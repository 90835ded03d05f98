import { Skeleton } from "#components/ui/skeleton.tsx";

const parts = ["changes", "findings", "role"];

export default function LoadingPlaybook() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading the playbook
      </span>
      <div className="border-b border-line px-4 pt-5 pb-6 sm:px-6">
        <Skeleton className="mt-2 h-4 w-24" />
        <Skeleton className="mt-3 h-8.5 w-96 max-w-full" />
        <Skeleton className="mt-3 h-5 w-72 max-w-full" />
      </div>
      {parts.map((part) => (
        <div key={part} className="grid max-w-3xl gap-3 px-4 pt-9 sm:px-6">
          <Skeleton className="h-6 w-40" />
          <Skeleton className="h-5 w-full" />
          <Skeleton className="h-24" />
        </div>
      ))}
    </div>
  );
}
