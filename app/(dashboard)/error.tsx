"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

/** For the pages that have nothing more to say about it; what is around the page stands. */
export default function DashboardError({ reset }: { error: Error; reset: () => void }) {
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <ErrorState
        title="This page could not be shown"
        action={
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        Nothing was changed. If trying again doesn't help, Parapet's log says why.
      </ErrorState>
    </div>
  );
}
