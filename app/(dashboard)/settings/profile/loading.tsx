import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingProfile() {
  return (
    <div aria-busy className="max-w-5xl px-4 pt-6 sm:px-6">
      <span className="sr-only" role="status">
        Loading your profile
      </span>
      <Skeleton className="h-8.5 w-56" />
      <Skeleton className="mt-1 h-5 w-64" />
      <div className="mt-8 grid gap-10">
        {["role", "name", "password"].map((part) => (
          <div key={part} className="grid gap-3">
            <Skeleton className="h-6 w-32" />
            <Skeleton className="h-5 w-[28rem] max-w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
