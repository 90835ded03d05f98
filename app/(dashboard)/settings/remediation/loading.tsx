import { Skeleton } from "#components/ui/skeleton.tsx";

const parts = ["limits", "windows", "auto", "mail"];

export default function LoadingRemediationSettings() {
  return (
    <div aria-busy className="max-w-5xl px-4 pt-6 sm:px-6">
      <span className="sr-only" role="status">
        Loading remediation settings
      </span>
      <Skeleton className="h-8.5 w-48" />
      <Skeleton className="mt-2 h-5 w-[36rem] max-w-full" />
      <Skeleton className="mt-6 h-20" />
      {parts.map((part) => (
        <div key={part} className="mt-12 grid gap-3">
          <Skeleton className="h-6 w-36" />
          <Skeleton className="h-5 w-[30rem] max-w-full" />
          <Skeleton className="h-28" />
        </div>
      ))}
    </div>
  );
}
