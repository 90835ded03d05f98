"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function RemediationError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The plans could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed by that, and what is under way goes on. If trying again doesn't help, Parapet's log
      says why.
    </ErrorState>
  );
}
