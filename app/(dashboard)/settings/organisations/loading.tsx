import { Skeleton } from "#components/ui/skeleton.tsx";

export default function LoadingOrganisations() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Loading organisations
      </span>
      <div className="px-4 pt-6 pb-5 sm:px-6">
        <Skeleton className="h-8.5 w-52" />
        <Skeleton className="mt-1 h-5 w-80 max-w-full" />
      </div>
      <div className="h-9 border-y border-line" />
      {["first", "second"].map((row) => (
        <div key={row} className="flex h-[57px] items-center gap-3 border-b border-line px-4 sm:px-6">
          <Skeleton className="h-6 w-9" />
          <Skeleton className="h-4 w-44" />
        </div>
      ))}
    </div>
  );
}
