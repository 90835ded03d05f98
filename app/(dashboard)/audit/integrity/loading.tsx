import { Skeleton } from "#components/ui/skeleton.tsx";

const steps = ["waiting", "sealed", "signed", "verified"];

export default function LoadingIntegrity() {
  return (
    <div aria-busy>
      <span className="sr-only" role="status">
        Reading how the trail stands
      </span>
      <div className="grid gap-2 border-b border-line px-4 py-5 sm:px-6">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-5 w-2/3" />
      </div>
      <div className="grid gap-px border-b border-line bg-line sm:grid-cols-2 @5xl/page:grid-cols-4">
        {steps.map((step) => (
          <div key={step} className="grid gap-2 bg-ground px-4 py-4 sm:px-6">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-6 w-16" />
            <Skeleton className="h-4 w-40" />
          </div>
        ))}
      </div>
    </div>
  );
}
