"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function AuditError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The trail could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      What it holds is untouched, and whatever happens meanwhile is still recorded. If trying again doesn't
      help, Parapet's log says why.
    </ErrorState>
  );
}
