"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function ApprovalsError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The requests could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was decided, and what waits goes on waiting. If trying again doesn't help, Parapet's log says
      why.
    </ErrorState>
  );
}
